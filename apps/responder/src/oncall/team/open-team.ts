import type { TeamDocument } from '@tocsin/contract';
import type { EpochMs } from '#facts';
import { AppError, databaseNow, type Transaction } from '#platform';
import type { NamedActor } from '../on-call-actor.ts';
import { insertChange, endChange } from '../store/on-call-changes.ts';
import { listTeamVersions } from '../store/read-team.ts';
import { applyTeam } from './apply-team.ts';
import { checkChange } from './check-change.ts';
import { followTeam } from './follow-team.ts';
import type { ChangeDraft } from './on-call-change.ts';
import { swapShifts, type Swap } from './swap-shifts.ts';
import type { Team } from './team.ts';
import type { TeamOptions } from './team-options.ts';
import type { TeamState, TeamVersion } from './team-version.ts';
import { whyRefused } from './why-refused.ts';

/** The team in use, followed by every responder of the database, and the verbs that change it. All throw AppError. */
export interface LiveTeam {
  /** As of the last notice; who is on call at an instant is asked of it. */
  current(): Team;
  state(): TeamState;
  /** Reads the rows again when they have changed. */
  refresh(): Promise<void>;
  versions(): Promise<readonly Omit<TeamVersion, 'document'>[]>;
  /** Why `apply` would refuse this document now, with every bad value and its place in it; null: it would not. */
  whyRefused(document: TeamDocument, by: NamedActor): AppError | null;
  /** Puts a document in use in the place of version `over`: `conflict` when that is no longer the one in use. */
  apply(document: TeamDocument, over: number, by: NamedActor): Promise<TeamState>;
  /** Enters an override or an absence. */
  change(draft: ChangeDraft, by: NamedActor): Promise<TeamState>;
  /** Two people take each other's shifts. */
  swap(swap: Swap, by: NamedActor): Promise<TeamState>;
  /** Takes an override or an absence back. */
  endChange(id: string, by: NamedActor): Promise<TeamState>;
  /** Tells of every change of `state`. Returns how to stop hearing. */
  onChange(hear: () => void): () => void;
  close(): Promise<void>;
}

/** Reads the team that was applied last, and follows it from then on. */
export async function openTeam(options: TeamOptions): Promise<LiveTeam> {
  const { db, serviceId } = options;
  const held = await followTeam(options);

  /** One verb: in one transaction, then read again, so that the answer is what is in use. */
  async function perform(work: (tx: Transaction, now: EpochMs) => Promise<unknown>): Promise<TeamState> {
    await db.transact(async (tx) => work(tx, await databaseNow(tx)));
    await held.refresh();
    return held.state();
  }

  return {
    current: held.current,
    state: held.state,
    refresh: held.refresh,
    versions: () => listTeamVersions(db, serviceId),
    whyRefused: (document, by) =>
      whyRefused({
        before: held.state().inUse.document,
        document,
        by: held.current().personOf(by),
        misfitsOf: options.misfitsOf,
      }),
    apply: (document, over, by) =>
      perform((tx) =>
        applyTeam(tx, { ...options, actor: by, over, document, by: held.current().personOf(by) }),
      ),
    change: (draft, by) =>
      perform((tx, now) => {
        checkChange(held.current(), draft, now);
        return insertChange(tx, serviceId, draft, by);
      }),
    swap: (swap, by) =>
      perform(async (tx, now) => {
        for (const draft of swapShifts(held.current(), swap, now))
          await insertChange(tx, serviceId, draft, by);
      }),
    endChange: (id, by) =>
      perform(async (tx) => {
        if (!(await endChange(tx, serviceId, id, by)))
          throw new AppError(
            'not-found',
            `change "${id}": none with this id counts; expected one of the overrides and absences`,
          );
      }),
    onChange: held.onChange,
    close: held.close,
  };
}
