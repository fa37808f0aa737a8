import { describe, expect, it } from 'vitest';
import { compileRunbooks, type RunbookSource } from '../src/index.ts';

function runbook(file: string, front: string): RunbookSource {
  return { file, markdown: `---\ntocsin:\n${front}---\n# ${file}\n\n## Phase 1: A (0-5 min)\n\n- a\n` };
}

function between(sources: RunbookSource[]): string[] {
  return compileRunbooks(sources)
    .problems.filter(({ code }) => code.startsWith('RB31'))
    .map(({ code, level, file, line, message }) => `${level} ${code} ${file}:${line} ${message}`);
}

describe('several runbooks', () => {
  it('are plans by service', () => {
    const { plans, byService, problems } = compileRunbooks([
      runbook('a.md', '  service: shop\n'),
      runbook('b.md', '  service: pay\n  namespace: east\n'),
      runbook('c.md', '  namespace: west\n  service: pay\n'),
    ]);
    expect(plans.map(({ file }) => file)).toEqual(['a.md', 'b.md', 'c.md']);
    expect([...byService].map(([service, plan]) => [service, plan.name])).toEqual([
      ['shop', 'a.md'],
      ['east/pay', 'b.md'],
      ['west/pay', 'c.md'],
    ]);
    expect(problems.every(({ level }) => level === 'info')).toBe(true);
  });

  it('that claim one service are an error in the later', () => {
    const sources = [
      runbook('a.md', '  service: shop\n'),
      runbook('b.md', '  namespace: n\n  service: shop\n'),
    ];
    expect(between(sources)).toEqual([
      'error RB310 b.md:4 service "shop" is claimed by a.md too, expected one runbook a service',
    ]);
    expect(compileRunbooks(sources).byService.get('shop')?.name).toBe('a.md');
  });

  it('that name none are told apart by nobody', () => {
    expect(between([runbook('a.md', '  namespace: n\n'), runbook('b.md', '  service: shop\n')])).toEqual([
      expect.stringMatching(/^warning RB311 a.md:1 one of several runbooks/),
    ]);
  });

  it('alone need none', () => {
    expect(between([runbook('a.md', '  namespace: n\n')])).toEqual([]);
    expect(compileRunbooks([])).toEqual({ plans: [], byService: new Map(), problems: [] });
  });

  it('have their own sidecars', () => {
    const { byService, problems } = compileRunbooks([
      { ...runbook('a.md', '  namespace: n\n'), sidecar: 'service: shop\n' },
      { ...runbook('b.md', '  service: pay\n'), sidecar: 'nonsense\n' },
    ]);
    expect([...byService.keys()]).toEqual(['n/shop', 'pay']);
    expect(problems.filter(({ level }) => level === 'error').map(({ file }) => file)).toEqual([
      'b.bind.yaml',
    ]);
  });
});
