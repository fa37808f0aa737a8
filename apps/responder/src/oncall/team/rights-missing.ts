import { roles, type TeamDocument, type TeamFault } from '@tocsin/contract';
import type { Person } from '../on-call-view.ts';

/** What a person may not change from this team to that one, each with its place; empty: nothing. Nobody gives or takes more than they have. */
export function rightsMissing(
  before: TeamDocument,
  after: TeamDocument,
  by: Person | null,
): readonly TeamFault[] {
  const own = by === null ? -1 : roles.indexOf(by.role);
  const isStronger = (one: Member | undefined): boolean => one !== undefined && roles.indexOf(one.role) > own;
  const changed = after.people.flatMap((person, index): TeamFault[] => {
    const was = before.people.find((one) => one.id === person.id);
    const isSame = was !== undefined && JSON.stringify(was) === JSON.stringify(person);
    if (isSame || !(isStronger(person) || isStronger(was))) return [];
    const strong = isStronger(person) ? person : (was ?? person);
    return [{ path: ['people', index, 'role'], message: stronger(strong, by) }];
  });
  const removed = before.people
    .filter((one) => isStronger(one) && after.people.every((other) => other.id !== one.id))
    .map((one): TeamFault => ({ path: ['people'], message: stronger(one, by) }));
  return [...changed, ...removed, ...adminsAlone(before, after, by)];
}

/** What is allowed without two pairs of eyes, and with whose rights on the cluster, is an admin's to say. */
function adminsAlone(before: TeamDocument, after: TeamDocument, by: Person | null): TeamFault[] {
  if (by?.role === 'admin') return [];
  const message = `expected an admin to change it, not ${sayWho(by)}`;
  const isOther = JSON.stringify(before.approvals) !== JSON.stringify(after.approvals);
  return [
    ...(isOther ? [{ path: ['approvals'], message }] : []),
    ...after.people.flatMap(({ id, clusterUser }, index) =>
      clusterUser === before.people.find((one) => one.id === id)?.clusterUser
        ? []
        : [{ path: ['people', index, 'clusterUser'], message }],
    ),
  ];
}

/** A team in which nobody could change it back is none. */
export function nobodyLeft({ people }: TeamDocument): readonly TeamFault[] {
  if (people.some((one) => !one.drill && roles.indexOf(one.role) >= roles.indexOf('approver'))) return [];
  const message = 'expected at least one approver or admin: nobody could approve, nor change the team back';
  return [{ path: ['people'], message }];
}

type Member = Pick<TeamDocument['people'][number], 'id' | 'role'>;

function stronger({ id, role }: Member, by: Person | null): string {
  return `expected somebody with at least the role ${role} to add, change or remove ${id}, not ${sayWho(by)}`;
}

function sayWho(by: Person | null): string {
  return by === null ? 'somebody unknown' : `${by.name} with the role ${by.role}`;
}
