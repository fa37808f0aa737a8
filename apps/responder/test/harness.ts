import assert from 'node:assert/strict';
import { onTestFinished } from 'vitest';
import type { Assessment } from '../src/detection/index.ts';
import type { Diagnosis } from '../src/diagnosis/index.ts';
import type { Actor, Command, Drill, Incident, InputBody, Page, Timer } from '../src/incidents/index.ts';
import { memoryEngine, type Engine } from './engine.ts';
import { evidence, outage, quiet, restored } from './outage-facts.ts';
import { everyLevel, system, teamOf, user } from './people.ts';
import { plan } from './runbook.ts';

/** 03:00 on some night. */
export const start = Date.UTC(2026, 0, 31, 3, 0, 0);

const units: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000 };

/** `90s`, `5min`, `2h` after the start, in milliseconds. */
export function after(text: string): number {
  const [, amount, unit] = /^([\d.]+)(s|min|h)$/.exec(text) ?? [];
  return Number(amount) * (units[unit ?? ''] ?? Number.NaN);
}

/** An outage told as a timeline, on a fake clock. A page or command that nobody expected fails the test. */
export class Harness {
  readonly engine: Engine;
  readonly drill: Drill | null;
  /** False: the clocks of the communication plan stand still, as in an outage of which nobody is to be told. */
  readonly tells: boolean;
  #now = start;
  #expected = 0;

  constructor(
    options: { engine?: Engine; onCall?: Record<string, string[]>; drill?: Drill; tells?: boolean } = {},
  ) {
    this.engine = options.engine ?? memoryEngine(plan, teamOf(options.onCall ?? everyLevel));
    this.drill = options.drill ?? null;
    this.tells = options.tells ?? false;
    onTestFinished(() => assert.deepEqual(this.unexpected(), [], 'nobody expected these'));
  }

  get now(): number {
    return this.#now;
  }

  /** Moves the clock; every timer that comes due on the way fires at its time. */
  async at(text: string): Promise<this> {
    const until = start + after(text);
    for (
      let due = await this.engine.nextTimer(until);
      due !== null;
      due = await this.engine.nextTimer(until)
    ) {
      this.#now = Math.max(this.#now, due.dueAt);
      await this.#strike(due);
    }
    this.#now = until;
    return this;
  }

  /** Jumps as if the responder had been dead meanwhile: the timers are late and fire at the new time, oldest first. */
  async wakesAt(text: string): Promise<this> {
    this.#now = start + after(text);
    for (
      let due = await this.engine.nextTimer(this.#now);
      due !== null;
      due = await this.engine.nextTimer(this.#now)
    )
      await this.#strike(due);
    return this;
  }

  async #strike(timer: Timer): Promise<void> {
    if (timer.kind === 'update' && !this.tells) return;
    await this.take({ kind: 'timer', timer });
  }

  take(body: InputBody, actor: Actor = system): Promise<void> {
    return this.engine.take(this.#now, body, actor);
  }

  by(person: string, body: InputBody): Promise<void> {
    return this.take(body, user(person));
  }

  assess(assessment: Assessment): Promise<void> {
    const opening = { serviceId: 'multitenant-api', drill: this.drill, newId: 'inc_1', newNumber: 1 };
    return this.take({ kind: 'assess', assessment, ...opening });
  }

  fails(more: Partial<Assessment> = {}): Promise<void> {
    return this.assess(outage(this.#now, more));
  }

  isRestored(lastHarm: string): Promise<void> {
    return this.assess(restored(this.#now, start + after(lastHarm)));
  }

  isQuiet(): Promise<void> {
    return this.assess(quiet(this.#now));
  }

  diagnoses(...diagnoses: Diagnosis[]): Promise<void> {
    return this.take({ kind: 'diagnose', diagnoses });
  }

  async incident(): Promise<Incident> {
    const incident = await this.engine.incident();
    if (incident === null) throw new Error('no incident has been opened');
    return incident;
  }

  /** Every read that was asked for ends now. */
  async readsEnd(): Promise<this> {
    const { evidenceRequested, evidence: kept } = await this.incident();
    const answered = new Set(kept.map((one) => one.actionId));
    for (const id of evidenceRequested.filter((one) => !answered.has(one)))
      await this.take({ kind: 'evidence', evidence: evidence(id, this.#now) });
    return this;
  }

  async eventTypes(): Promise<readonly string[]> {
    return (await this.engine.events()).map((event) => event.body.type);
  }

  async count(type: string): Promise<number> {
    return (await this.eventTypes()).filter((one) => one === type).length;
  }

  /** The next command that nobody has looked at yet. */
  expect<Kind extends Command['kind']>(kind: Kind): Extract<Command, { kind: Kind }> {
    const command = this.#awaited()[this.#expected];
    assert.equal(command?.kind ?? 'nothing', kind);
    this.#expected += 1;
    return command as Extract<Command, { kind: Kind }>;
  }

  expectPage(person: string, cause?: Page['cause']): Extract<Command, { kind: 'page' }> {
    const command = this.expect('page');
    assert.equal(command.page.person, person);
    if (cause !== undefined) assert.equal(command.page.cause, cause);
    return command;
  }

  /** Commands that no expectation has taken: must be empty when the test ends. */
  unexpected(): readonly Command[] {
    return this.#awaited().slice(this.#expected);
  }

  /** Every nudge so far: they inform, and follow any timeline that runs past a window, so that only tests about them expect them. */
  nudges(): readonly Extract<Command, { kind: 'nudge' }>[] {
    return this.engine.commands.filter((one) => one.kind === 'nudge');
  }

  #awaited(): readonly Command[] {
    return this.engine.commands.filter((one) => one.kind !== 'nudge');
  }

  /** Opens with the usual outage and takes the page and the first reads as expected. */
  async opened(): Promise<this> {
    await this.fails();
    this.expectPage('primary', 'opened');
    this.expect('gather-evidence');
    return this;
  }
}
