import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compileRunbook } from '@tocsin/runbook';
import { expect, test } from 'vitest';
import type { Incident, UpdateAudience } from '#incidents';
import { memoryEngine } from '../../../test/engine.ts';
import { Harness, start } from '../../../test/harness.ts';
import { nodeFailure } from '../../../test/outage-facts.ts';
import { everyLevel, people, teamOf } from '../../../test/people.ts';
import { type ChannelsConfig, noChannels } from '../config/channels-config.ts';
import { createUpdateDesk } from './update-desk.ts';
import { targetsOf } from './targets-of.ts';
import { updatesSchema } from './updates-config.ts';

const text = readFileSync(
  new URL('../../../../../packages/runbook/test/fixtures/plain-outage-runbook.md', import.meta.url),
  'utf8',
);
const plan = compileRunbook(text, { file: 'plain-outage-runbook.md' });
const channels: ChannelsConfig = {
  ...noChannels,
  updates: updatesSchema.parse({
    service: 'Payments',
    targets: {
      internal: [{ channel: 'slack', address: 'C1' }],
      executives: [{ channel: 'email', address: 'board@example.org' }],
    },
    customers: { t1: ['ops@t1.example.org'], t2: ['ops@t2.example.org'] },
  }),
};
const desk = createUpdateDesk({ db: undefined as never, channels, people: () => people });

interface Sent {
  readonly minute: number;
  readonly audience: UpdateAudience;
  readonly to: string;
  readonly body: string;
}

/** An outage that is told as the plan asks: whoever is reminded sends the draft as it is, a minute later. */
class Told {
  readonly sent: Sent[] = [];
  readonly h: Harness;
  readonly finals: ReturnType<typeof desk.finals>[number][] = [];

  constructor() {
    const engine = memoryEngine(plan, teamOf(everyLevel), { finals: this.finals });
    this.h = new Harness({ engine, tells: true });
  }

  get minute(): number {
    return Math.round((this.h.now - start) / 60_000);
  }

  async until(minute: number): Promise<void> {
    while (this.minute < minute) {
      const due = await this.#reminded();
      await this.h.at(`${this.minute + 1}min`);
      for (const audience of due) await this.#send(audience);
    }
  }

  async #reminded(): Promise<readonly UpdateAudience[]> {
    const due: UpdateAudience[] = [];
    while (this.h.unexpected()[0]?.kind === 'remind') {
      const { id, person } = this.h.expect('remind').notice;
      assert.equal(person, 'primary');
      due.push(/-remind-(.*)-\d+$/.exec(id)?.[1] as UpdateAudience);
    }
    return due;
  }

  async #send(audience: UpdateAudience): Promise<void> {
    const { status, body } = desk.draft(await this.h.incident(), plan, { audience }, this.h.now);
    await this.h.by('primary', { kind: 'post-update', audience, status, body });
    await this.taken();
  }

  /** Every update that was ordered, at each of its targets. */
  async taken(): Promise<void> {
    while (this.h.unexpected()[0]?.kind === 'send-update') {
      const { update } = this.h.expect('send-update');
      const page = update.audience === 'status-page' ? [{ channel: 'page', address: '', not: null }] : [];
      for (const { channel, address, not } of [...page, ...targetsOf(update, channels, false)]) {
        const to = not === null ? `${channel} ${address}`.trim() : `nobody: ${not.why}`;
        this.sent.push({ minute: this.minute, audience: update.audience, to, body: update.body });
      }
    }
  }

  async close(): Promise<void> {
    const incident: Incident = await this.h.incident();
    this.finals.push(...desk.finals({ ...incident, status: 'resolved' }, plan, this.h.now));
    const waivers = Object.fromEntries(incident.checklist.map((line) => [line.text, 'a rehearsal']));
    await this.h.by('primary', { kind: 'resolve', note: 'over', waivers });
    await this.taken();
  }
}

test('a two-hour outage: every message of the plan, in time, to the right audience, and none else', async () => {
  const outage = new Told();
  const { h } = outage;
  await h.fails();
  h.expectPage('primary', 'opened');
  h.expect('gather-evidence');
  await h.by('primary', { kind: 'acknowledge' });
  await outage.until(20);
  await h.diagnoses(nodeFailure());
  h.expect('gather-evidence');
  h.expect('prepare-steps');
  await outage.until(30);
  h.expectPage('secondary', 'escalation');
  await h.by('secondary', { kind: 'acknowledge' });
  await outage.until(60);
  h.expectPage('management', 'escalation');
  await h.by('management', { kind: 'acknowledge' });
  await outage.until(118);
  await h.isRestored('117min');
  // What is reminded of at 117 is not asked for any more once the harm has ended.
  await outage.until(119);
  await h.isRestored('117min');
  h.expect('smoke-test');
  await h.take({ kind: 'smoke-tested', checks: [{ name: 'data', ok: true, text: 'answers' }] });
  await outage.until(140);
  await outage.close();

  const at = (audience: UpdateAudience): readonly (readonly [number, string])[] =>
    outage.sent.filter((one) => one.audience === audience).map((one) => [one.minute, one.to]);
  expect(at('internal')).toEqual([13, 26, 39, 52, 65, 78, 91, 104, 117, 140].map((one) => [one, 'slack C1']));
  expect(at('status-page')).toEqual([28, 56, 84, 112, 140].map((one) => [one, 'page']));
  expect(at('executives')).toEqual([61, 140].map((one) => [one, 'email board@example.org']));
  const customers = [
    'email ops@t1.example.org',
    'email ops@t2.example.org',
    ...['t3', 't4', 't5'].map((one) => `nobody: no address in channels.updates.customers.${one}`),
  ];
  expect(at('customers')).toEqual([28, 140].flatMap((minute) => customers.map((to) => [minute, to])));

  const said = (audience: UpdateAudience): readonly string[] => [
    ...new Set(outage.sent.filter((one) => one.audience === audience).map((one) => one.body)),
  ];
  expect(said('internal')[0]).toContain('The cause is not known yet');
  expect(said('internal')[1]).toContain('Cause: node-failure node/node-b (90 % sure)');
  expect(said('status-page')[0]).toBe(
    'We know the cause of the problem with Payments and are working on it. Since 02:59 UTC (2026-01-31), 33 % of the requests of all customers fail.\n\nWe will tell more by 04:00 UTC.',
  );
  expect(said('status-page').at(-1)).toContain('The problem with Payments is solved.');
  expect(await h.count('update-missed')).toBe(0);
});
