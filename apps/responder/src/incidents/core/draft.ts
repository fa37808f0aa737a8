import type { Command } from './command.ts';
import type { Decision, Refusal } from './decision.ts';
import type { EventBody } from './event.ts';
import { evolve } from './evolve.ts';
import type { Incident } from './incident.ts';
import type { Input } from './input.ts';

/** A decision in the making: each event is folded at once, so that the next rule sees what the last one did. */
export class Draft {
  readonly input: Input;
  readonly events: EventBody[] = [];
  readonly commands: Command[] = [];
  #incident: Incident | null;

  constructor(incident: Incident | null, input: Input) {
    this.#incident = incident;
    this.input = input;
  }

  get isNew(): boolean {
    return this.#incident === null;
  }

  /** The incident as it stands after the events so far. */
  get incident(): Incident {
    if (this.#incident === null) throw new Error('no incident yet: the first event must open one');
    return this.#incident;
  }

  add(body: EventBody): void {
    const { at, actor } = this.input;
    this.events.push(body);
    this.#incident = evolve(this.#incident, {
      seq: this.#incident?.revision ?? 0,
      at,
      actor,
      because: '',
      body,
    });
  }

  order(command: Command): void {
    this.commands.push(command);
  }

  done(because: string): Decision {
    return { events: this.events, commands: this.commands, because };
  }
}

/** Nothing follows, and why. */
export function nothing(because: string): Decision {
  return { events: [], commands: [], because };
}

export function refuse(code: Refusal['code'], message: string): Decision {
  return { refused: { code, message } };
}
