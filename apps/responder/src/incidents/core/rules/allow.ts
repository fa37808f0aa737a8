import type { PersonRole } from '#oncall';
import type { Refusal } from '../decision.ts';
import type { Incident } from '../incident.ts';
import type { Input } from '../input.ts';

const order: readonly PersonRole[] = ['viewer', 'responder', 'approver', 'admin'];

/** Null when the actor is a person with at least `needed`; otherwise why not. Drill people act in drills only. */
export function refuseUnless(needed: PersonRole, incident: Incident, input: Input): Refusal | null {
  const { person, actor } = input;
  if (actor.kind === 'system' || person === null)
    return {
      code: 'not-allowed',
      message: `${describeActor(input)} is no known person; a ${needed} is needed`,
    };
  if (person.drill && incident.drill === null)
    return {
      code: 'not-allowed',
      message: `${person.name} is played by drills and cannot act in a real incident`,
    };
  if (order.indexOf(person.role) < order.indexOf(needed))
    return {
      code: 'not-allowed',
      message: `${person.name} has the role ${person.role}; ${needed} is needed`,
    };
  return null;
}

/** Null when the responder itself reports; people and tokens cannot state such facts. */
export function refuseUnlessSystem(input: Input): Refusal | null {
  if (input.actor.kind === 'system') return null;
  return {
    code: 'not-allowed',
    message: `${input.body.kind} is reported by the responder itself, not by people`,
  };
}

/** Null when the incident is open; otherwise why not. `only`: what holds of an open one alone, such as `calls people`. */
export function refuseUnlessOpen({ number, status }: Incident, only: string): Refusal | null {
  if (status === 'open') return null;
  return { code: 'conflict', message: `incident #${number} is ${status}; only an open one ${only}` };
}

function describeActor(input: Input): string {
  return input.actor.kind === 'system' ? `the system (${input.actor.id})` : `"${input.actor.id}"`;
}
