import { expect, test } from 'vitest';
import { differences } from './differences.ts';

const deployment = (image: string, memory: string, env: object[] = []) => ({
  metadata: { name: 'api', resourceVersion: image, managedFields: [{ time: memory }], generation: 1 },
  spec: {
    template: {
      spec: {
        containers: [
          { name: 'sidecar', image: 'proxy:1' },
          { name: 'api', image, env, resources: { limits: { memory } } },
        ],
      },
    },
  },
  status: { replicas: image.length },
});

const env = (value: string) => [
  { name: 'DB_PASSWORD', value },
  { name: 'LEVEL', value },
];

test('each field that changes is a line, and nothing else is told', () => {
  expect(differences(deployment('api:2', '512Mi'), deployment('api:1.9', '768Mi'))).toEqual([
    'spec.template.spec.containers[api].image: api:2 → api:1.9',
    'spec.template.spec.containers[api].resources.limits.memory: 512Mi → 768Mi',
  ]);
  expect(differences(deployment('api:2', '512Mi'), deployment('api:2', '512Mi'))).toEqual([]);
});

test('what is added or taken away says so; a list without names is told by place', () => {
  expect(differences({ spec: {} }, { spec: { unschedulable: true } })).toEqual([
    'spec.unschedulable: none → true',
  ]);
  expect(differences({ spec: { args: ['a', 'b'] } }, { spec: { args: ['a', 'c', 'd'] } })).toEqual([
    'spec.args[1]: b → c',
    'spec.args[2]: none → d',
  ]);
  expect(differences({ metadata: { annotations: { 'a.b/c': 'x' } } }, { metadata: {} })).toEqual([
    'metadata.annotations: {"a.b/c":"x"} → none',
  ]);
});

test('of a variable that is named like a secret only its change is told', () => {
  expect(differences(deployment('api:2', '1Gi', env('old')), deployment('api:2', '1Gi', env('new')))).toEqual(
    [
      'spec.template.spec.containers[api].env[DB_PASSWORD].value: (not shown) → (not shown)',
      'spec.template.spec.containers[api].env[LEVEL].value: old → new',
    ],
  );
});

test('a secret variable that is added or taken away as a whole shows no value either', () => {
  const lines = differences(
    deployment('api:2', '1Gi', [{ name: 'API_TOKEN', value: 'hush' }]),
    deployment('api:2', '1Gi', [{ name: 'OTHER', value: 'x'.repeat(200) }]),
  );
  expect(lines.join('\n')).not.toContain('hush');
  expect(lines).toContain('spec.template.spec.containers[api].env[API_TOKEN]: (not shown) → none');
  expect(lines.at(-1)?.length).toBeLessThan(220);
});

test('a container that comes as a whole shows no secret of its own', () => {
  const alone = { spec: { containers: [{ name: 'api' }] } };
  const more = { name: 'job', env: [{ name: 'DB_PASSWORD', value: 'hush' }] };
  const lines = differences(alone, { spec: { containers: [...alone.spec.containers, more] } });
  expect(lines).toEqual([
    'spec.containers[job]: none → {"name":"job","env":[{"name":"DB_PASSWORD","value":"(not shown)"}]}',
  ]);
});
