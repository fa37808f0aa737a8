import { storedTeam, type TeamDocument } from '@tocsin/contract';
import type { Queryable } from '#platform';
import type { NamedActor } from '../on-call-actor.ts';
import type { TeamVersion } from '../team/team-version.ts';

interface Row {
  readonly version: number;
  readonly team: unknown;
  readonly changes: readonly string[];
  readonly takenAt: number;
  readonly takenBy: NamedActor;
}

const columns = `version, team, changes, taken_at as "takenAt", taken_by as "takenBy"`;

/** The newest version of a service's team; null before the first. Throws when the row is none that this release can read. */
export async function readTeam(db: Queryable, serviceId: string): Promise<TeamVersion | null> {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `select ${columns} from team_versions where service_id = $1 order by version desc limit 1`,
    [serviceId],
  );
  const [row] = rows;
  return row === undefined ? null : { ...versionOf(row), document: documentOf(row) };
}

/** Who applied what, the latest hundred, newest first. */
export async function listTeamVersions(
  db: Queryable,
  serviceId: string,
): Promise<readonly Omit<TeamVersion, 'document'>[]> {
  const { rows } = await db.query<Row & Record<string, unknown>>(
    `select ${columns} from team_versions where service_id = $1 order by version desc limit 100`,
    [serviceId],
  );
  return rows.map(versionOf);
}

function versionOf({ version, changes, takenAt, takenBy }: Row): Omit<TeamVersion, 'document'> {
  return { version, changes, takenAt, takenBy };
}

function documentOf({ version, team }: Row): TeamDocument {
  const parsed = storedTeam.safeParse(team);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `team version ${version}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`,
  );
}
