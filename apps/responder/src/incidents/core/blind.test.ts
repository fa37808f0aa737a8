import { expect, test } from 'vitest';
import { Harness } from '../../../test/harness.ts';
import { cordon, nodeFailure, outage } from '../../../test/outage-facts.ts';
import { plan } from '../../../test/runbook.ts';

const blind = {
  severity: null,
  blind: true,
  confirmedBy: ['A'],
  reason: 'blind: the service and the control target on another path both fail',
} as const;

async function opensBlind(): Promise<Harness> {
  const h = new Harness();
  await h.fails(blind);
  return h;
}

test('blind: somebody is woken, no severity is claimed', async () => {
  const h = await opensBlind();
  const { subject, text } = h.expectPage('primary', 'opened');
  const least = plan.severities.at(-1)?.id;
  expect(subject).toContain('blind');
  expect(text).toContain('blind: cannot judge, so no severity is claimed');
  h.expect('gather-evidence');
  expect(await h.incident()).toMatchObject({ severity: least, worstSeverity: least });
});

test('confirmed without a severity and not blind is a defect that is refused', async () => {
  await expect(new Harness().fails({ severity: null })).rejects.toThrow('confirmed without a severity');
});

test('blind, nothing is proposed and nothing runs; seeing again, it goes on', async () => {
  const h = await opensBlind();
  h.expectPage('primary');
  h.expect('gather-evidence');
  await h.diagnoses(nodeFailure(0.9));
  expect(h.unexpected()).toEqual([]);
  await h.readsEnd();
  await h.take({ kind: 'steps-prepared', steps: [cordon] });
  const yes = { kind: 'approve', stepId: 'cordon', bindingHash: cordon.bindingHash } as const;
  await expect(h.by('primary', yes)).rejects.toThrow('hands off while blind');
  await (await h.at('10s')).fails();
  expect(await h.incident()).toMatchObject({ severity: 'P0' });
  await h.by('primary', yes);
  h.expect('run-step');
  await h.assess(outage(h.now, blind));
  await expect(h.take({ kind: 'step-started', stepId: 'cordon' })).rejects.toThrow('hands off while blind');
});
