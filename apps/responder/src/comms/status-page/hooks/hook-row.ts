import type { HookKind, PageSnapshot } from '@tocsin/contract';

/** A row of `status_page_hooks`. */
export interface HookRow {
  readonly id: string;
  readonly kind: HookKind;
  readonly url: string;
  readonly language: string;
  readonly token: string;
  readonly secret: string;
  readonly failures: number;
  /** Epoch milliseconds, as is `claimed_at`. */
  readonly refused_since: number | null;
  readonly claimed_at: number;
}

/** One update as it was told. */
export interface ToldUpdate {
  readonly id: string;
  readonly status: string;
  readonly body: string;
  readonly at: string;
}

/** What a post says. */
export interface PostContent {
  readonly id: string;
  readonly mayBeRepeat: boolean;
  /** Null: it asks whether the target wants updates. */
  readonly incidentId: string | null;
  /** Of the incident, up to the one that is told; newest first. */
  readonly updates: readonly ToldUpdate[];
  /** What the page says now; null: nothing yet. */
  readonly snapshot: PageSnapshot | null;
}

/** The page that a message is of. */
export interface HookPage {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}
