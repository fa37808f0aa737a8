import { describe, expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { nodeFailure } from '../../../test/outage-facts.ts';
import { personCalled } from '../../../test/people.ts';

/** Who was told of which phase so far. */
function told(h: Harness): readonly string[] {
  return h.nudges().map(({ id, person }) => `${person} ${id}`);
}

async function acknowledged(h: Harness, by = 'primary'): Promise<Harness> {
  await (await h.at('1min')).by(by, { kind: 'acknowledge' });
  return h;
}

describe('a phase that is over its window', () => {
  test('is said to whoever acknowledged the incident, once a phase, with what is open and what it waits for', async () => {
    const h = await acknowledged(await new Harness().opened());
    await h.at('14min');
    expect(told(h)).toEqual([]);
    await h.at('15min');
    const [nudge] = h.nudges();
    expect(nudge).toMatchObject({ id: 'inc_1-phase-2', person: 'primary' });
    expect(nudge?.subject).toBe(
      '[P0] #1 phase 2, Assessment, is over its window: all 5 tenants with traffic above 5 % errors (31-36 %)',
    );
    expect(nudge?.text).toContain(
      'its window has just ended (15 min after detection at 03:00:00 UTC). It waits for the reads of the document to end.',
    );
    await h.at('29min');
    expect(told(h)).toEqual(['primary inc_1-phase-2']);
    await h.readsEnd();
    await h.at('30min');
    h.expectPage('secondary', 'escalation');
    expect(told(h)).toEqual(['primary inc_1-phase-2', 'primary inc_1-phase-3']);
    expect(h.nudges()[1]?.text).toContain('Open on its checklist:\n- Root cause identified');
    expect(await h.count('phase-overdue')).toBe(2);
  });

  test('goes to the commander, once there is one', async () => {
    const h = await acknowledged(await new Harness().opened());
    const to = personCalled('responder');
    await h.by('primary', { kind: 'assign', role: 'commander', to, reason: 'my shift ends' });
    h.expectPage('responder', 'assigned');
    await h.by('responder', { kind: 'acknowledge' });
    await h.at('15min');
    expect(told(h)).toEqual(['responder inc_1-phase-2']);
  });

  test('goes to whom the newest page called while nobody has acknowledged', async () => {
    const h = await new Harness().opened();
    await h.at('6min');
    h.expectPage('secondary', 'unacknowledged');
    await h.at('10min');
    h.expectPage('primary', 'unacknowledged');
    await h.at('15min');
    h.expectPage('secondary', 'unacknowledged');
    expect(h.nudges().map(({ id }) => id)).toEqual(['inc_1-phase-1', 'inc_1-phase-2']);
    expect(h.nudges()[1]?.person).toBe('primary');
  });

  test('passes over who cannot be reached, and says so when nobody is left', async () => {
    const h = await acknowledged(await new Harness({ onCall: { 1: ['primary'] } }).opened(), 'mute');
    await h.at('15min');
    expect(told(h)).toEqual(['primary inc_1-phase-2']);
    const nobody = new Harness({ onCall: {} });
    await nobody.fails();
    nobody.expect('gather-evidence');
    await nobody.at('5min');
    expect(told(nobody)).toEqual([]);
    const overdue = (await nobody.engine.events()).find((one) => one.body.type === 'phase-overdue');
    expect(overdue).toMatchObject({
      because: expect.stringContaining('nobody is told: nobody who can be reached is in charge'),
    });
  });

  test('is said to nobody while quiet was asked for, nor when the harm has ended', async () => {
    const h = await acknowledged(await new Harness().opened());
    await h.by('primary', { kind: 'snooze', minutes: 20, reason: 'the provider is at it' });
    await h.at('16min');
    expect(told(h)).toEqual([]);
    expect(await h.count('phase-overdue')).toBe(1);
    await (await h.at('20min')).isRestored('19min');
    await h.at('31min');
    expect(told(h)).toEqual([]);
  });

  test('late: says for how long, each phase once', async () => {
    const h = await acknowledged(await new Harness().opened());
    await h.diagnoses(nodeFailure());
    h.expect('gather-evidence');
    h.expect('prepare-steps');
    await h.wakesAt('20min');
    expect(told(h)).toEqual(['primary inc_1-phase-2']);
    expect(h.nudges()[0]?.text).toContain('its window has been over for 5 min');
  });

  test('in a drill is marked as one', async () => {
    const drill = { id: 'd', name: 'node-failure', injectedAt: 0, holdMs: null };
    const h = await acknowledged(await new Harness({ drill }).opened());
    await h.at('15min');
    expect(h.nudges()[0]?.subject).toMatch(/^DRILL \[P0\] #1/);
    expect(h.nudges()[0]?.text).toContain('This is the drill "node-failure", an outage on purpose.');
  });
});
