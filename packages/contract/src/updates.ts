import { z } from 'zod';
import { instant } from './instant.ts';
import { actorView } from './person.ts';

/** Who is told how an incident stands. */
export const updateAudiences = ['internal', 'status-page', 'customers', 'executives'] as const;
export const updateStatuses = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
const updateLanguages = ['en', 'de'] as const;

const audience = z.enum(updateAudiences);
const status = z.enum(updateStatuses);
export type UpdateAudienceView = z.infer<typeof audience>;
export type UpdateStatusView = z.infer<typeof status>;

/** Where the clock of one audience stands. */
export const updateClock = z.object({
  audience,
  /** Null: once, and once more at the end. */
  everyMinutes: z.number().nullable(),
  lastAt: instant.nullable(),
  lastStatus: status.nullable(),
  /** When the next update is due; null while nobody waits for one. */
  dueAt: instant.nullable(),
  /** Why nobody waits for one; null while somebody does. */
  rests: z.string().nullable(),
  /** The newest instant at which one was due and did not come; null once one has. */
  missedAt: instant.nullable(),
});
export type UpdateClockView = z.infer<typeof updateClock>;

/** One target of an update. `status-page` is the page itself. */
export const updateDelivery = z.object({
  channel: z.string(),
  address: z.string(),
  tenant: z.string().nullable(),
  state: z.enum(['queued', 'sending', 'sent', 'failed', 'skipped']),
  attempts: z.int(),
  mayBeRepeat: z.boolean(),
  /** What the provider said when it took it. */
  receipt: z.string().nullable(),
  error: z.string().nullable(),
  sentAt: instant.nullable(),
});
export type UpdateDeliveryView = z.infer<typeof updateDelivery>;

/** What one audience was told, and how far it has come. */
export const toldUpdate = z.object({
  id: z.string(),
  audience,
  status,
  body: z.string(),
  by: actorView,
  at: instant,
  nextDueAt: instant.nullable(),
  drill: z.boolean(),
  /** Why it was sent although it tells outside what is internal. */
  insisted: z.object({ reason: z.string(), found: z.array(z.string()) }).nullable(),
  deliveries: z.array(updateDelivery),
});
export type ToldUpdateView = z.infer<typeof toldUpdate>;

/** Who has been told what, and who waits. */
export const updatesView = z.object({ clocks: z.array(updateClock), updates: z.array(toldUpdate) });
export type UpdatesView = z.infer<typeof updatesView>;

/** A draft says how it stands by what is known: nobody asks it for another status. */
export const draftQuery = z.strictObject({
  audience,
  language: z.enum(updateLanguages).optional(),
});
export type DraftQuery = z.infer<typeof draftQuery>;

/** A text from what is known, ready to be read and sent. */
export const updateDraft = z.object({
  audience,
  status,
  language: z.enum(updateLanguages),
  /** Languages that this audience has texts in. */
  languages: z.array(z.enum(updateLanguages)),
  subject: z.string(),
  /** Markdown. */
  body: z.string(),
  /** Why no text is proposed; null where one is. */
  withheld: z.string().nullable(),
  targets: z.array(
    z.object({
      channel: z.string(),
      address: z.string(),
      tenant: z.string().nullable(),
      /** Why it will get nothing; null: it gets it. */
      not: z.string().nullable(),
    }),
  ),
  /** How it will look on each channel. */
  previews: z.array(z.object({ channel: z.string(), text: z.string() })),
});
export type UpdateDraftView = z.infer<typeof updateDraft>;

export const postUpdate = z.strictObject({
  audience,
  status,
  body: z.string().trim().min(1).max(8000),
  /** Of the text; absent: the configured one. The subject is in it. */
  language: z.enum(updateLanguages).optional(),
  /** Why it is to be sent although it tells outside what is internal. */
  insist: z.string().trim().min(1).max(2000).optional(),
});
export type PostUpdate = z.infer<typeof postUpdate>;

/** A text of a person's own, before it is sent. */
export const previewUpdate = postUpdate.omit({ insist: true });
export type PreviewUpdate = z.infer<typeof previewUpdate>;

/** How a text would arrive; nothing is sent. */
export const updatePreview = z.object({
  subject: z.string(),
  targets: updateDraft.shape.targets,
  previews: updateDraft.shape.previews,
  /** What it would tell that stays inside, each with its place; sending it needs a reason. */
  leaks: z.array(z.string()),
});
export type UpdatePreviewView = z.infer<typeof updatePreview>;
