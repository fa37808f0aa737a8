import { expect, it } from 'vitest';
import { control, outage } from './drill-spec.ts';
import { metaOf } from './record-drills.ts';

const times = {
  startedAt: 's',
  injectedAt: 'i',
  clearedAt: 'c',
  endedAt: 'e',
  subject: 'node/b',
  tenants: ['t1', 't2'],
};

it('a recording of a drill says what a perfect responder would conclude', () => {
  const spec = outage({
    name: 'two',
    title: 'Two at once',
    expected: {
      severity: 'P0',
      alsoDefensible: ['P1'],
      causes: [{ id: 'node-failure' }, { id: 'dependency-down', subject: 'deployment/redis' }],
    },
  });
  expect(metaOf(spec, times)).toMatchObject({
    name: 'sandbox-two',
    injectedAt: 'i',
    tenants: ['t1', 't2'],
    expected: {
      outage: true,
      severity: 'P0',
      severityAlsoDefensible: ['P1'],
      tenants: 'all',
      causes: [
        { diagnosis: 'node-failure', subject: 'node/b' },
        { diagnosis: 'dependency-down', subject: 'deployment/redis' },
      ],
    },
  });
});

it('and of a control, that there is nothing', () => {
  const spec = control({ name: 'rollout', title: 'A rollout', fault: 'control:rollout' });
  expect(metaOf(spec, times)).toMatchObject({
    kind: 'control',
    expected: { outage: false, severity: null, tenants: 'none', causes: [] },
  });
});
