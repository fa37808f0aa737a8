import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRunbook } from '../src/index.ts';

const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

describe('a runbook with seconds, five severities and lists instead of tables', () => {
  const text = read('payments.md');
  const plan = compileRunbook(text, { file: 'payments.md' });

  it('has no error', () => {
    expect(plan.problems.filter((problem) => problem.level === 'error')).toEqual([]);
  });

  it('reads windows in seconds and hours without the word phase', () => {
    expect(
      plan.phases.map(({ n, name, fromMinutes, toMinutes }) => [n, name, fromMinutes, toMinutes]),
    ).toEqual([
      [1, 'Triage', 0, 0.5],
      [2, 'Fix', 0.5, 120],
      [3, 'Watch', 120, null],
    ]);
    expect(plan.stabilityMinutes).toBe(20);
  });

  it('reads severities from a table and levels from bullets', () => {
    expect(plan.severities.map(({ id, name }) => [id, name])).toEqual([
      ['P1', 'Down'],
      ['P2', 'Hurting'],
      ['P3', 'Slow'],
      ['P4', 'Degraded'],
      ['P5', 'Cosmetic'],
    ]);
    expect(
      plan.escalation.map(({ level, fromMinutes, toMinutes, target }) => [
        level,
        fromMinutes,
        toMinutes,
        target,
      ]),
    ).toEqual([
      ['L1', 0, 1.5, 'First responder'],
      ['L2', 1.5, 10, 'Duty manager'],
      ['L3', 10, null, 'Head of payments'],
    ]);
  });

  it('reads spoken thresholds, and says which detector nothing measures', () => {
    expect(plan.detectors.map(({ kind, threshold }) => [kind, threshold])).toEqual([
      ['error-rate', { op: '>', value: 2.5, unit: '%' }],
      ['latency', { op: '>', value: 800, unit: 'ms', percentile: 99 }],
      ['health-check', undefined],
      ['unknown', undefined],
    ]);
    const unbound = plan.problems.find((problem) => problem.code === 'RB010');
    expect(text.split('\n')[(unbound?.line ?? 0) - 1]).toContain('Kafka consumer lag');
  });

  it('takes commands out of nested lists and transcripts, at their exact places', () => {
    const triage = plan.phases[0]?.steps.flatMap((step) => step.actions) ?? [];
    expect(triage.map((action) => action.text)).toEqual([
      'kubectl -n pay-prod get pods',
      'kubectl -n pay-prod get pods --context west',
    ]);
    const lines = text.split('\n');
    for (const { source, text: written } of triage) {
      expect(lines[source.line - 1]?.slice(source.column - 1, source.endColumn - 1)).toBe(written);
    }
  });

  it('keeps what needs a shell for a person', () => {
    const [node, database] = plan.branches;
    expect(node?.actions.map(({ text: written, effect }) => [written, effect])).toEqual([
      ['kubectl cordon <node-name>', 'mutate'],
      ['kubectl get nodes', 'read'],
    ]);
    expect(
      database?.actions.map(({ effect, manual, pipeline }) => [
        effect,
        manual !== undefined,
        pipeline !== null,
      ]),
    ).toEqual([
      ['mutate', true, false],
      ['mutate', true, true],
      ['mutate', true, false],
      ['read', false, true],
    ]);
  });

  it('reads cadences and triggers', () => {
    expect(plan.cadences.map(({ audience, everyMinutes }) => [audience, everyMinutes])).toEqual([
      ['customers', 10],
    ]);
    expect(plan.triggers.map(({ audience, afterMinutes }) => [audience, afterMinutes])).toEqual([
      ['executives', 120],
    ]);
  });
});

describe('a German runbook', () => {
  const plan = compileRunbook(read('german.md'), { file: 'german.md' });

  it('compiles by the aliases', () => {
    expect(plan.problems.filter((problem) => problem.level === 'error')).toEqual([]);
    expect(plan.severities.map(({ id, name }) => [id, name])).toEqual([
      ['P0', 'Ausfall'],
      ['P1', 'Störung'],
    ]);
    expect(plan.detectors.map(({ kind, threshold }) => [kind, threshold])).toEqual([
      ['error-rate', { op: '>', value: 3, unit: '%' }],
      ['latency', { op: '>', value: 1.5, unit: 's', percentile: 95 }],
      ['node-failure', undefined],
      ['customer-report', undefined],
    ]);
    expect(plan.phases.map(({ fromMinutes, toMinutes }) => [fromMinutes, toMinutes])).toEqual([
      [0, 5],
      [5, 60],
      [60, null],
    ]);
    expect(plan.escalation.map(({ toMinutes, roleId }) => [toMinutes, roleId])).toEqual([
      [15, 'bereitschaft'],
      [60, 'teamleitung'],
      [null, undefined],
    ]);
    expect(plan.branches[0]?.causes).toEqual(['node-failure']);
    expect(plan.cadences[0]).toMatchObject({ audience: 'customers', everyMinutes: 20 });
    expect(plan.checklist.map(({ done, evidence }) => [done, evidence])).toEqual([
      [false, 'diagnosis'],
      [true, 'recovered'],
    ]);
    expect(plan.stabilityMinutes).toBe(30);
  });
});

describe('a handbook with underlined titles, other fences and quotes', () => {
  const plan = compileRunbook(read('handbook.md'), { file: 'handbook.md' });

  it('compiles all the same', () => {
    expect(plan.problems.filter((problem) => problem.level === 'error')).toEqual([]);
    expect(plan.name).toBe('Database outage handbook');
    expect(
      plan.phases.map(({ n, name, fromMinutes, toMinutes }) => [n, name, fromMinutes, toMinutes]),
    ).toEqual([
      [1, 'Acknowledge', 0, 2],
      [2, 'Diagnose', 2, 10],
      [3, 'Mitigate', 10, null],
    ]);
    expect(
      plan.escalation.map(({ fromMinutes, toMinutes, target }) => [fromMinutes, toMinutes, target]),
    ).toEqual([
      [0, 10, 'on-call SRE'],
      [10, 45, 'SRE lead'],
      [45, null, 'CTO'],
    ]);
    expect(plan.branches.map(({ when, causes, actions }) => [when, causes, actions.length])).toEqual([
      ['replication lag', [], 2],
      ['disk is full', ['disk-pressure'], 1],
    ]);
    expect(plan.scenarios).toMatchObject([
      { name: 'Failover loop', symptoms: ['leader changes every minute', 'writes fail'] },
    ]);
  });
});

describe('a document without any known section', () => {
  it('is no runbook, and the problems say what it lacks', () => {
    const plan = compileRunbook('Call Tom.\n');
    expect(plan.phases).toEqual([]);
    expect(plan.problems.map(({ code, level }) => `${code} ${level}`)).toEqual([
      'RB008 error',
      'RB009 info',
      'RB009 info',
      'RB009 info',
      'RB009 info',
    ]);
  });

  it('with a single known section is a plan that says what it cannot do', () => {
    const plan = compileRunbook('## Checklist\n\n- [ ] Tom was called\n');
    expect(plan.checklist).toHaveLength(1);
    expect(plan.problems.every((problem) => problem.level !== 'error')).toBe(true);
  });
});
