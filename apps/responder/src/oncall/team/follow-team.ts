import { devicesNotice } from '../devices/change-devices.ts';
import { readDevices } from '../devices/read-devices.ts';
import { readChanges } from '../store/on-call-changes.ts';
import { readTeamMark } from '../store/read-team-mark.ts';
import { readTeam } from '../store/read-team.ts';
import { startVersion } from './start-version.ts';
import { createTeam, type Team } from './team.ts';
import type { TeamOptions } from './team-options.ts';
import type { TeamState } from './team-version.ts';

/** The rows of a team as this responder last read them. */
export interface FollowedTeam {
  current(): Team;
  state(): TeamState;
  /** Reads the rows again when they have changed. Calls run one after the other: no older answer overwrites a newer one. */
  refresh(): Promise<void>;
  onChange(hear: () => void): () => void;
  close(): Promise<void>;
}

/** A notice can be lost: the rows are looked at this often without one. */
const checkEveryMs = 5000;

/** Reads the team and follows it by notices; the last that could be read stays in use while the database is away. */
export async function followTeam(options: TeamOptions): Promise<FollowedTeam> {
  const { db, serviceId, start, log } = options;
  const hears = new Set<() => void>();
  let state: TeamState = { inUse: startVersion(start), changes: [] };
  let team = createTeam(start);
  let mark: string | null = null;
  let last: Promise<void> = Promise.resolve();

  const read = async (): Promise<void> => {
    const found = await readTeamMark(db, serviceId);
    if (found === mark) return;
    const inUse = (await readTeam(db, serviceId)) ?? startVersion(start);
    const changes = await readChanges(db, serviceId);
    const devices = await readDevices(db);
    mark = found;
    state = { inUse, changes };
    team = createTeam({ ...inUse.document, smtp: start.smtp, devices }, changes);
    for (const hear of hears) hear();
  };
  const refresh = (): Promise<void> => {
    last = last.catch(() => undefined).then(read);
    return last;
  };
  const refreshOrLog = (): void =>
    void refresh().catch((error: unknown) =>
      log.error({ err: error }, 'team: it cannot be read; the last one stays in use'),
    );

  await refresh();
  const unlisten = await db.listen('team', (payload) => {
    if (payload === null || payload === serviceId || payload === devicesNotice) refreshOrLog();
  });
  const check = setInterval(refreshOrLog, checkEveryMs);
  return {
    current: () => team,
    state: () => state,
    refresh,
    onChange: (hear) => {
      hears.add(hear);
      return () => hears.delete(hear);
    },
    close: async () => {
      unlisten();
      clearInterval(check);
      await last.catch(() => undefined);
    },
  };
}
