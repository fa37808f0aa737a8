import type { TeamDocument } from '@tocsin/contract';
import { AppError } from '#platform';
import type { Person, PersonRole } from '../on-call-view.ts';

const order: readonly PersonRole[] = ['viewer', 'responder', 'approver', 'admin'];

/** Why a person may not put this team in the place of that one; null when they may. Nobody gives or takes more than they have. */
export function refuseTeam(before: TeamDocument, after: TeamDocument, by: Person | null): AppError | null {
  const own = by === null ? -1 : order.indexOf(by.role);
  for (const [index, person] of after.people.entries()) {
    const was = before.people.find((one) => one.id === person.id);
    if (was !== undefined && same(was, person)) continue;
    if (order.indexOf(person.role) > own || (was !== undefined && order.indexOf(was.role) > own))
      return stronger(`people.${index}.role`, person, by);
  }
  const gone = before.people.find(
    (one) => order.indexOf(one.role) > own && after.people.every((other) => other.id !== one.id),
  );
  if (gone !== undefined) return stronger('people', gone, by);
  return refuseRights(before, after, by) ?? refuseNobodyLeft(after);
}

/** What is allowed without two pairs of eyes, and with whose rights on the cluster, is an admin's to say. */
function refuseRights(before: TeamDocument, after: TeamDocument, by: Person | null): AppError | null {
  if (by?.role === 'admin') return null;
  const refused = (place: string): AppError => {
    const who = `${by?.name ?? 'nobody known'} with the role ${by?.role ?? 'none'}`;
    return new AppError('not-allowed', `${place}: changed by ${who}; expected an admin`);
  };
  if (JSON.stringify(before.approvals) !== JSON.stringify(after.approvals)) return refused('approvals');
  const other = after.people.findIndex(
    ({ id, clusterUser }) => clusterUser !== before.people.find((one) => one.id === id)?.clusterUser,
  );
  return other < 0 ? null : refused(`people.${other}.clusterUser`);
}

function refuseNobodyLeft({ people }: TeamDocument): AppError | null {
  if (people.some((one) => !one.drill && order.indexOf(one.role) >= order.indexOf('approver'))) return null;
  return new AppError(
    'invalid',
    'people: nobody could approve or change the team; expected at least one approver or admin',
  );
}

function same(one: TeamDocument['people'][number], other: TeamDocument['people'][number]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function stronger(
  place: string,
  person: { readonly id: string; readonly role: string },
  by: Person | null,
): AppError {
  return new AppError(
    'not-allowed',
    `${place}: ${person.id} with the role ${person.role} is added, changed or removed by ${by?.name ?? 'nobody known'} with the role ${by?.role ?? 'none'}; expected somebody with at least that role`,
  );
}
