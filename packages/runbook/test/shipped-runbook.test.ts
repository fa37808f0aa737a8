import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRunbook } from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const plan = compileRunbook(read('../../../runbooks/outage.md'));
const plain = compileRunbook(read('fixtures/plain-outage-runbook.md'));

describe('runbooks/outage.md', () => {
  it('has no problem', () => {
    expect(plan.problems).toEqual([]);
  });

  it('states the facts of the plain runbook', () => {
    const facts = (compiled: typeof plan) => ({
      windows: compiled.phases.map(({ n, name, fromMinutes, toMinutes }) => [
        n,
        name,
        fromMinutes,
        toMinutes,
      ]),
      severities: compiled.severities.map(({ id, name }) => [id, name]),
      detectors: compiled.detectors.map(({ kind, threshold }) => [kind, threshold]),
      roles: compiled.roles.map(({ id, title }) => [id, title]),
      escalation: compiled.escalation.map(({ level, fromMinutes, toMinutes, target }) => [
        level,
        fromMinutes,
        toMinutes,
        target,
      ]),
      branches: compiled.branches.map(({ when, causes }) => [when, causes]),
      scenarios: compiled.scenarios.map(({ id, symptoms }) => [id, symptoms]),
      cadences: compiled.cadences.map(({ audience, everyMinutes }) => [audience, everyMinutes]),
      triggers: compiled.triggers.map(({ audience, afterMinutes }) => [audience, afterMinutes]),
      mailings: compiled.mailings?.map(({ audience, severities }) => [audience, severities]),
      checklist: compiled.checklist.length,
      stability: compiled.stabilityMinutes,
    });
    expect(facts(plan)).toEqual(facts(plain));
  });

  it('answers a dead node by cordon and drain, then a check and the way back', () => {
    const node = plan.branches.find((branch) => branch.causes.includes('node-failure'));
    expect(node?.actions.map(({ id, text, effect, purpose }) => [id, text, effect, purpose])).toEqual([
      ['cordon-node', 'kubectl cordon <node-name>', 'mutate', undefined],
      [
        'drain-node',
        'kubectl drain <node-name> --ignore-daemonsets --delete-emptydir-data --timeout=60s',
        'destroy',
        undefined,
      ],
      ['node-replacements', 'kubectl get nodes', 'read', 'verify'],
      [
        'node-replacements-2',
        'kubectl get pods -n platform -l app=multitenant-api -o wide',
        'read',
        'verify',
      ],
      ['uncordon-node', 'kubectl uncordon <node-name>', 'mutate', 'undo'],
    ]);
    expect(node?.actions[1]).toMatchObject({ approvals: 2, check: 'fleet-healthy', timeoutMs: 90_000 });
    expect(node?.actions[4]?.undoOf).toBe('cordon-node');
  });

  it('can run every action of assessment and isolation, or says which probe answers it', () => {
    const actions = plan.phases.slice(1, 3).flatMap((phase) => phase.steps.flatMap((step) => step.actions));
    expect(actions).toHaveLength(13);
    for (const action of actions) {
      expect(action.manual).toBeUndefined();
      expect(action.effect === 'read' || action.probe !== undefined).toBe(true);
    }
  });

  it('asks before every change', () => {
    const actions = [...plan.branches, ...plan.scenarios].flatMap((part) => part.actions);
    for (const action of actions) expect(action.approvals > 0).toBe(action.effect !== 'read');
  });
});
