import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRunbook, type Action, type Plan } from '../src/index.ts';

const text = readFileSync(new URL('fixtures/plain-outage-runbook.md', import.meta.url), 'utf8');
const plan = compileRunbook(text, { file: 'outage.md' });

function actionsOf(compiled: Plan): Action[] {
  return [
    ...compiled.phases.flatMap((phase) => phase.steps.flatMap((step) => step.actions)),
    ...compiled.branches.flatMap((branch) => branch.actions),
    ...compiled.scenarios.flatMap((scenario) => scenario.actions),
  ];
}

function at(line: number): Action | undefined {
  return actionsOf(plan).find((action) => action.source.line === line);
}

function commandLines(markdown: string): string[] {
  const fences = Array.from(markdown.matchAll(/```bash\n([^]*?)```/g), (match) => match[1] ?? '');
  const lines = fences.flatMap((fence) => fence.split('\n').map((line) => line.trim()));
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

describe('a runbook that nobody wrote for a compiler', () => {
  it('has its five windows', () => {
    const windows = plan.phases.map((phase) => [phase.n, phase.name, phase.fromMinutes, phase.toMinutes]);
    expect(windows).toEqual([
      [1, 'Acknowledgment', 0, 5],
      [2, 'Assessment', 5, 15],
      [3, 'Isolation', 15, 30],
      [4, 'Mitigation', 30, 60],
      [5, 'Recovery', 60, null],
    ]);
  });

  it('has every command of its fences once, word for word', () => {
    const commands = commandLines(text);
    expect(commands).toHaveLength(38);
    expect(
      actionsOf(plan)
        .map((action) => action.text)
        .toSorted(),
    ).toEqual(commands.toSorted());
  });

  it('places every command exactly', () => {
    const lines = text.split('\n');
    for (const { source, text: written } of actionsOf(plan)) {
      expect(source.endLine).toBe(source.line);
      expect(lines[source.line - 1]?.slice(source.column - 1, source.endColumn - 1)).toBe(written);
    }
  });

  it('has unique ids', () => {
    const ids = actionsOf(plan).map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has thresholds in the units of the document', () => {
    const [, errors, latency] = plan.detectors;
    expect(errors).toMatchObject({
      kind: 'error-rate',
      threshold: { op: '>', value: 5, unit: '%' },
      bound: true,
    });
    expect(latency).toMatchObject({
      kind: 'latency',
      threshold: { op: '>', value: 1, unit: 's', percentile: 95 },
    });
    expect(plan.detectors.map((detector) => detector.kind)).toEqual([
      'health-check',
      'error-rate',
      'latency',
      'crash-loop',
      'database-connections',
      'node-failure',
      'customer-report',
      'dashboard-anomaly',
      'degradation-notice',
      'degradation-report',
    ]);
  });

  it('follows an edited threshold', () => {
    const edited = compileRunbook(text.replace('>5%', '>60%'));
    expect(edited.detectors[1]?.threshold).toEqual({ op: '>', value: 60, unit: '%' });
    expect(edited.hash).not.toBe(plan.hash);
  });

  it('has people, levels, cadences and gates', () => {
    expect(plan.severities.map(({ id, name, criteria }) => [id, name, criteria.length])).toEqual([
      ['P0', 'Critical Outage', 4],
      ['P1', 'Major Outage', 3],
      ['P2', 'Minor Outage', 3],
    ]);
    expect(plan.roles.map((role) => role.title)).toEqual([
      'Platform Engineer',
      'Senior Platform Engineer',
      'DBA',
      'Security Engineer',
    ]);
    expect(
      plan.escalation.map(({ level, fromMinutes, toMinutes, roleId }) => [
        level,
        fromMinutes,
        toMinutes,
        roleId,
      ]),
    ).toEqual([
      ['L1', 0, 30, 'primary-on-call'],
      ['L2', 30, 60, 'secondary-on-call'],
      ['L3', 60, 120, undefined],
      ['L4', 120, null, undefined],
    ]);
    expect(plan.cadences.map(({ audience, everyMinutes }) => [audience, everyMinutes])).toEqual([
      ['internal', 15],
      ['customers', 30],
    ]);
    expect(plan.triggers.map(({ audience, afterMinutes }) => [audience, afterMinutes])).toEqual([
      ['executives', 60],
    ]);
    expect(plan.mailings?.map(({ audience, severities }) => [audience, severities])).toEqual([
      ['customers', ['P0']],
    ]);
    expect(plan.checklist).toHaveLength(11);
    expect(plan.contacts.every((contact) => contact.placeholder)).toBe(true);
    expect(plan.stabilityMinutes).toBe(15);
  });

  it('maps branches and scenarios to causes', () => {
    expect(plan.branches.map(({ phase, when }) => [phase, when])).toEqual([
      [4, 'Pod/Deployment Issue'],
      [4, 'Node Issue'],
      [4, 'Database Issue'],
      [4, 'Network Issue'],
    ]);
    expect(plan.branches[1]?.causes).toEqual(['node-failure']);
    expect(plan.branches[0]?.causes).toContain('crash-loop');
    expect(plan.branches[2]?.causes).toContain('dependency-down');
    expect(plan.scenarios.map(({ name, causes }) => [name, causes])).toEqual([
      ['Database Connection Exhaustion', ['database-connection-exhaustion']],
      ['Memory Exhaustion', ['memory-exhaustion']],
      ['Node Failure', ['node-failure']],
      ['Network Partition', ['network-partition']],
    ]);
    expect(plan.scenarios[1]?.symptoms).toEqual(['Pod restarts', 'OOMKilled events']);
  });

  it('knows questions and holds', () => {
    const steps = plan.phases.flatMap((phase) => phase.steps);
    expect(steps.find((step) => step.kind === 'questions')?.points).toHaveLength(3);
    expect(steps.find((step) => step.kind === 'hold')).toMatchObject({ holdMinutes: 15 });
  });

  it('knows effects, approvals and what needs a person', () => {
    expect(at(74)?.pipeline).toEqual([
      ['kubectl', 'get', 'events', '-n', 'platform', '--sort-by=.lastTimestamp'],
      ['head', '-20'],
    ]);
    expect(at(143)).toMatchObject({ effect: 'destroy', approvals: 2, placeholders: ['node-name'] });
    expect(at(140)).toMatchObject({ effect: 'mutate', approvals: 1 });
    expect(at(155)).toMatchObject({ effect: 'destroy', approvals: 2 });
    expect(at(252)?.pipeline?.[0]?.at(-1)).toMatch(/^\{"spec":/);
    expect(at(134)?.manual).toBeUndefined();
    expect([120, 123, 181, 280].map((line) => at(line)?.manual !== undefined)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(at(120)).toMatchObject({ effect: 'create-temp', placeholders: ['password'] });
  });

  it('is the same with Windows line ends, but for its hash', () => {
    const windows = compileRunbook(text.replaceAll('\n', '\r\n'), { file: 'outage.md' });
    expect({ ...windows, hash: '' }).toEqual({ ...plan, hash: '' });
  });

  it('hashes the text', async () => {
    const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    expect(plan.hash).toBe(Buffer.from(digest).toString('hex'));
  });

  it.each([
    ['RB001', []],
    ['RB002', []],
    ['RB010', []],
    ['RB020 RB021', [120, 140, 143, 178, 187, 263]],
    ['RB030', [120, 178, 187]],
    ['RB040', [120, 123, 134, 181, 266, 280]],
    ['RB041', [120, 123, 280]],
    ['RB046', [280]],
    ['RB047', [252]],
    ['RB050', [92, 95, 235]],
    ['RB051', [74]],
    ['RB052', [114]],
    ['RB053', [74, 95, 235]],
    ['RB054', [178, 187]],
    ['RB055', [83, 274]],
    ['RB060', [143]],
    ['RB061', [155, 158]],
    ['RB062', [131, 238, 252]],
    ['RB070 RB071', [205, 285, 286, 287, 288, 289, 297, 298]],
    ['RB080', [310, 312]],
  ])('%s hits exactly its lines', (codes, lines) => {
    const hits = plan.problems.filter((problem) => codes.split(' ').includes(problem.code));
    expect([...new Set(hits.map((hit) => hit.line))]).toEqual(lines);
    expect(hits.every((hit) => hit.level !== 'error')).toBe(true);
  });

  it('has no problem beyond that table', () => {
    const codes = new Set(plan.problems.map((problem) => problem.code));
    expect([...codes].toSorted().join(' ')).toBe(
      'RB020 RB021 RB030 RB040 RB041 RB046 RB047 RB050 RB051 RB052 RB053 RB054 RB055 RB060 RB061 RB062 RB070 RB071 RB080',
    );
  });
});
