import type { Queryable } from '#platform';

/** Says in a few characters what the rows of a team hold: read often, so that a lost notice is noticed. */
export async function readTeamMark(db: Queryable, serviceId: string): Promise<string> {
  const { rows } = await db.query<{ mark: string }>(
    `select concat(
       (select max(version) from team_versions where service_id = $1), ' ',
       (select max(id) || ' ' || count(*) || ' ' || count(ended_at) from on_call_changes where service_id = $1), ' ',
       (select count(*) || ' ' || coalesce(max(changed_at)::text, '') from push_devices)
     ) as mark`,
    [serviceId],
  );
  return rows[0]?.mark ?? '';
}
