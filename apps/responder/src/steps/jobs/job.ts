import type { Command } from '#incidents';

/** A command that the steps room carries out; each is stored as one job row, gather-evidence as one an action. */
export type StepsCommand = Extract<
  Command,
  {
    readonly kind:
      | 'gather-evidence'
      | 'prepare-steps'
      | 'prepare-undo'
      | 'prepare-asked'
      | 'run-step'
      | 'smoke-test';
  }
>;

/** One row of the table jobs, claimed. Instants are epoch milliseconds. */
export interface JobRow {
  readonly id: string;
  readonly incident_id: string;
  readonly kind: StepsCommand['kind'];
  readonly payload: Readonly<Record<string, unknown>>;
  /** How often it was claimed, this time included. */
  readonly attempts: number;
  readonly fence: number;
  /** Set before a change touched the cluster: it is never started again. */
  readonly started_at: number | null;
}

/** The channel that wakes the workers. */
export const jobsChannel = 'tocsin_jobs';
