import type { UpdateAudience, UpdateStatus } from '#incidents';

/** Languages that drafts are written in. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** Liquid templates by audience and status. */
export type Templates = Readonly<
  Partial<Record<UpdateAudience, Readonly<Partial<Record<UpdateStatus, string>>>>>
>;

/** All that drafts say in one language. */
export interface Wording {
  /** Pieces that templates include by name. */
  readonly parts: Readonly<Record<string, string>>;
  /** As a subject says it. */
  readonly statuses: Readonly<Record<UpdateStatus, string>>;
  readonly templates: Templates;
}
