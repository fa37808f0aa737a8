import { readFileSync } from 'node:fs';
import { CAUSES, compileRunbook, type Plan } from '@tocsin/runbook';
import { describe, expect, test } from 'vitest';
import { plan as hardened } from '../../../test/runbook.ts';
import { planAnswer } from './rules/plan-answer.ts';

const root = new URL('../../../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const plainFile = 'packages/runbook/test/fixtures/plain-outage-runbook.md';
const plain: Plan = compileRunbook(read(plainFile), { file: plainFile });
const documented = read('docs/acting.md');

/** What a diagnosis of each cause is about; of dependencies both kinds. */
const subjects: Readonly<Record<string, readonly string[]>> = {
  'node-failure': ['node/node-b'],
  'disk-pressure': ['node/node-b'],
  'network-partition': ['networkpolicy/shut'],
  'dependency-down': ['statefulset/postgres', 'deployment/redis'],
  'dependency-slow': ['statefulset/postgres', 'deployment/redis'],
  'tenant-errors': ['tenant/t3'],
  'selector-mismatch': ['service/multitenant-api-service'],
  'port-mismatch': ['service/multitenant-api-service'],
  'certificate-expiring': ['host/api.example.com'],
};

interface Answer {
  readonly cause: string;
  readonly named: string;
  readonly changes: string;
}

const noSafeStep = 'no safe step in this document';

function answersOf(plan: Plan): readonly Answer[] {
  return CAUSES.flatMap((id) =>
    (subjects[id] ?? ['deployment/multitenant-api']).map((subject) => {
      const { named, changes } = planAnswer(plan, { id, subject });
      return {
        cause: `\`${id}\` of ${subject.split('/')[0]}${id.startsWith('dependency') ? ` ${subject.split('/')[1]}` : ''}`,
        named: named.join(', ') || 'none',
        changes: changes.map((one) => `\`${one}\``).join(', ') || noSafeStep,
      };
    }),
  );
}

describe('every cause has its answer, and the documentation says which', () => {
  test('every cause that a diagnosis may name is in the table', () => {
    for (const id of CAUSES) expect(documented).toContain(`| \`${id}\` of `);
  });

  test.each(answersOf(hardened))('runbooks/outage.md: $cause -> $changes', ({ cause, named, changes }) => {
    const row = documented.split('\n').find((line) => line.startsWith(`| ${cause} `));
    const cells = (row ?? '').split('|').map((cell) => cell.trim());
    expect(cells.slice(1, 4)).toEqual([cause, named, changes]);
  });

  test.each(answersOf(plain))('the plain document: $cause -> $changes', ({ cause, changes }) => {
    const row = documented.split('\n').find((line) => line.startsWith(`| ${cause} `));
    const plainly = row?.split('|')[4]?.trim();
    const verbs = changes === noSafeStep ? 'none' : `${changes.split(', ').length}`;
    expect(plainly).toBe(verbs);
  });

  test('what is not answered is said by the document plainly, not by a restart', () => {
    const silent = answersOf(hardened).filter((one) => one.changes === noSafeStep);
    expect(silent.map((one) => one.cause)).toEqual([
      '`dependency-down` of deployment redis',
      '`dependency-slow` of deployment redis',
      '`tenant-errors` of tenant',
      '`certificate-expiring` of host',
      '`disk-pressure` of node',
    ]);
  });
});
