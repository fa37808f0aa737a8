import type { Plan } from '@tocsin/runbook';
import {
  decide,
  evolve,
  type Actor,
  type Command,
  type Incident,
  type IncidentEvent,
  type Input,
  type InputBody,
  type Timer,
  whoInforms,
} from '../src/incidents/index.ts';
import { inCharge } from '../src/incidents/core/rules/in-charge.ts';
import { whoIsOnCall, type Team } from '../src/oncall/index.ts';

/** What a timeline plays on: the pure core alone, or the core with its shell and a real database. */
export interface Engine {
  readonly commands: Command[];
  incident(): Promise<Incident | null>;
  events(): Promise<readonly IncidentEvent[]>;
  take(at: number, body: InputBody, actor: Actor): Promise<void>;
  /** The next timer due at or before `at`, in order; it counts as fired from now on. */
  nextTimer(at: number): Promise<Timer | null>;
}

/** Why an input was refused: `code: message`. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const hourMs = 3_600_000;

/** What the policy has approved within the hour before. */
function automatic(log: readonly IncidentEvent[], at: number): Input['automatic'] {
  return log.flatMap(({ at: then, body }) =>
    body.type === 'step-approved' && body.automatic !== undefined && at - then < hourMs
      ? [{ actionId: body.automatic.actionId, at: then }]
      : [],
  );
}

/** The core without any I/O. */
export function memoryEngine(
  plan: Plan,
  team: Team,
  facts: Pick<Input, 'internalNames' | 'finals'> = {},
): Engine & { readonly timers: readonly Timer[] } {
  let incident: Incident | null = null;
  const log: IncidentEvent[] = [];
  const timers: Timer[] = [];
  const commands: Command[] = [];
  return {
    commands,
    timers,
    incident: () => Promise.resolve(incident),
    events: () => Promise.resolve(log),
    take: async (at, body, actor) => {
      const onCall = whoIsOnCall(team, plan, at);
      const person = team.personOf(actor);
      const answers = incident === null ? [] : inCharge(incident);
      const informer = incident === null ? null : whoInforms(incident);
      const decision = decide(incident, {
        at,
        actor,
        person,
        plan,
        onCall,
        body,
        automatic: automatic(log, at),
        inCharge: answers.flatMap((id) => team.personOf({ kind: 'user', id }) ?? []),
        ...facts,
        informer: informer === null ? null : team.personOf({ kind: 'user', id: informer }),
      });
      if ('refused' in decision) throw new Refused(`${decision.refused.code}: ${decision.refused.message}`);
      for (const one of decision.events) {
        const event = { seq: log.length, at, actor, because: decision.because, body: one };
        incident = evolve(incident, event);
        log.push(event);
      }
      for (const command of decision.commands)
        if (command.kind === 'set-timer') timers.push(command.timer);
        else commands.push(command);
    },
    nextTimer: (at) => {
      const due = timers.filter((one) => one.dueAt <= at).toSorted((a, b) => a.dueAt - b.dueAt)[0] ?? null;
      if (due !== null) timers.splice(timers.indexOf(due), 1);
      return Promise.resolve(due);
    },
  };
}
