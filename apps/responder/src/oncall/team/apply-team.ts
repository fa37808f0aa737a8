import type { TeamDocument, TeamFault } from '@tocsin/contract';
import { AppError, type Transaction } from '#platform';
import type { NamedActor } from '../on-call-actor.ts';
import type { Person } from '../on-call-view.ts';
import { readTeam } from '../store/read-team.ts';
import { lockTeam, saveTeam } from '../store/save-team.ts';
import { diffTeams } from './diff-teams.ts';
import { documentOf } from './start-version.ts';
import type { TeamConfig } from './team.ts';
import { whyRefused } from './why-refused.ts';

/** A document that is to be put in use. */
export interface Applying {
  readonly serviceId: string;
  readonly start: TeamConfig;
  readonly misfitsOf?: (team: TeamDocument) => readonly TeamFault[];
  readonly document: TeamDocument;
  /** The version that it was made from. */
  readonly over: number;
  readonly actor: NamedActor;
  readonly by: Person | null;
}

/** Puts a document in use, unless it changes nothing. Throws AppError `conflict` when another version came in between. */
export async function applyTeam(tx: Transaction, applying: Applying): Promise<void> {
  const { serviceId, document, over } = applying;
  await lockTeam(tx, serviceId);
  const before = await readTeam(tx, serviceId);
  const version = before?.version ?? 0;
  if (version !== over)
    throw new AppError(
      'conflict',
      `team: version ${version} is in use, applied since version ${over} was read; expected a change to version ${version}`,
    );
  const was = before?.document ?? documentOf(applying.start);
  const refused = whyRefused({ ...applying, before: was });
  if (refused !== null) throw refused;
  const changes = diffTeams(was, document).map((one) => one.text);
  if (changes.length === 0) return;
  await saveTeam(tx, serviceId, { version: version + 1, document, changes, by: applying.actor });
}
