import { z } from 'zod';
import { instant } from './instant.ts';
import { hookKinds } from './subscriber-config.ts';

/** What a visitor may read the page in. */
export const pageLanguages = ['en', 'de', 'fr', 'es'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

/** How a component stands, in the words of status pages; the last is the gravest. */
export const componentStates = [
  'operational',
  'under_maintenance',
  'degraded_performance',
  'partial_outage',
  'major_outage',
] as const;
export const componentState = z.enum(componentStates);
export type ComponentState = z.infer<typeof componentState>;

/** A part of the service as its customers know it. */
export const pageComponent = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  state: componentState,
  /** Share of measured time in which it served, 0 to 1, over `days`; null: nothing measured. */
  uptime: z.number().min(0).max(1).nullable(),
  /** The same a day, oldest first, today last; null: not measured that day. */
  days: z.array(z.number().min(0).max(1).nullable()),
});
export type PageComponent = z.infer<typeof pageComponent>;

export const publicStatuses = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type PublicStatus = (typeof publicStatuses)[number];

/** What the public was told once; Markdown as it was sent. */
export const pageUpdate = z.object({
  id: z.string(),
  status: z.enum(publicStatuses),
  body: z.string(),
  at: instant,
});
export type PageUpdate = z.infer<typeof pageUpdate>;

/** An outage as the public sees it. Its title is made of state and components, so that it names nothing internal. */
export const pageIncident = z.object({
  id: z.string(),
  number: z.int(),
  drill: z.boolean(),
  status: z.enum(publicStatuses),
  /** The worst that its components were; null: no component was measured as hit. */
  worst: componentState.nullable(),
  componentIds: z.array(z.string()),
  startedAt: instant,
  resolvedAt: instant.nullable(),
  /** That it has ended was measured from outside, not only said. Absent of a snapshot of an older release. */
  endMeasured: z.boolean().default(false),
  /** When the next update is promised for. */
  nextUpdateAt: instant.nullable(),
  /** Newest first. */
  updates: z.array(pageUpdate),
});
export type PageIncident = z.infer<typeof pageIncident>;

export const pageMaintenance = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(['scheduled', 'in_progress', 'completed']),
  componentIds: z.array(z.string()),
  startsAt: instant,
  endsAt: instant,
});
export type PageMaintenance = z.infer<typeof pageMaintenance>;

/** All that a status page says, in one document: what the responder writes and the page's own process reads. */
export const pageSnapshot = z.object({
  format: z.literal(1),
  page: z.object({
    id: z.string(),
    name: z.string(),
    /** Where the page is reached; feeds and the API name it. */
    url: z.url(),
    timeZone: z.string(),
    languages: z.array(z.enum(pageLanguages)).min(1),
    accent: z.string().nullable(),
    logoUrl: z.url().nullable(),
    homeUrl: z.url().nullable(),
    supportUrl: z.url().nullable(),
  }),
  /** When something of it last changed. */
  changedAt: instant,
  /** The last of `days`, as `2026-03-01` in the page's time zone. */
  today: z.iso.date(),
  components: z.array(pageComponent),
  /** Newest first, 90 days back. */
  incidents: z.array(pageIncident),
  /** In the order of their starts. */
  maintenance: z.array(pageMaintenance),
});
export type PageSnapshot = z.infer<typeof pageSnapshot>;

/** What a visitor reports: the row that the page's process writes and the responder reads. */
export const visitorReport = z.object({
  text: z.string().min(1).max(1500),
  from: z.string().max(200).nullable(),
});
export type VisitorReport = z.infer<typeof visitorReport>;

/** What a visitor asks for who wants updates by e-mail. */
export const subscribeWish = z.object({
  address: z.email().max(200).toLowerCase(),
  language: z.enum(pageLanguages),
});
export type SubscribeWish = z.infer<typeof subscribeWish>;

/** What a visitor asks for who wants updates posted to a program of theirs. */
export const hookWish = z.object({
  kind: z.enum(hookKinds),
  url: z.url().max(500),
  language: z.enum(pageLanguages),
});
export type HookWish = z.infer<typeof hookWish>;

/** What a link in a message asks for: to confirm a subscription, or to leave. */
export const linkWish = z.object({ token: z.string().regex(/^[\w-]{20,80}$/) });
