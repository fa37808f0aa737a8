import type { Plan } from '@tocsin/runbook';
import { unusedKeys } from './keys-of-plan.ts';
import type { Team } from './team/team.ts';

/** A name of the team that the document does not have. */
export interface Strange {
  readonly kind: 'not-in-document';
  /** `on call for 9`, `rule 1 of ada`. */
  readonly where: string;
  readonly because: string;
}

/** Entries of `onCall` that nothing calls, and severities of rules that no incident can have. */
export function notInDocument(team: Team, plan: Plan): readonly Strange[] {
  const levels = plan.escalation.length;
  const roles = plan.roles.map((one) => one.id).join(', ');
  const known = [...(levels === 0 ? [] : [`a level from 1 to ${levels}`]), ...(roles === '' ? [] : [roles])];
  const keys = unusedKeys(team, plan).map((key) =>
    strange(`on call for ${key}`, `it is never called; expected ${known.join(', or one of ')}`),
  );
  return [...keys, ...severitiesOfRules(team, plan)];
}

function severitiesOfRules({ people }: Team, { severities }: Plan): Strange[] {
  const known = severities.map((one) => one.id);
  return people.flatMap(({ id, rules = [] }) =>
    rules.flatMap((rule, index) =>
      (rule.severities ?? [])
        .filter((one) => !known.includes(one))
        .map((one) =>
          strange(`rule ${index + 1} of ${id}`, `severity ${one}; expected one of ${known.join(', ')}`),
        ),
    ),
  );
}

function strange(where: string, because: string): Strange {
  return { kind: 'not-in-document', where, because };
}
