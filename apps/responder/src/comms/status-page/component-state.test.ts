import { describe, expect, it } from 'vitest';
import { componentsOf, unknownFunctions } from './components-of.ts';
import { componentState, stateByAssessment, worstStates } from './component-state.ts';

const quiet = {
  at: 0,
  verdict: 'confirmed' as const,
  signals: [],
  tenants: [],
  zones: [],
  severity: 'P1',
  reason: '',
  confirmedBy: [],
  impactStartAt: null,
  lastHarmAt: null,
  restored: false,
};
const fn = (name: string, requests: number, failed: number) => ({
  name,
  critical: true,
  requests,
  failed,
  harmed: failed / requests > 0.05,
});
const tenant = (harm: 'errors' | 'slow' | 'none') => ({
  tenant: 't1',
  requests: 10,
  failed: 0,
  errorRatio: 0,
  p95Ms: 9,
  judged: true,
  harm,
});
const [data, login] = componentsOf(undefined, ['data', 'login', 'data']);
const both = { id: 'both', name: 'Both', covers: { functions: ['data', 'login'], services: [], zones: [] } };
const store = {
  id: 'store',
  name: 'Store',
  covers: { functions: [], services: ['statefulset/postgres'], zones: ['zone-b'] },
};
if (data === undefined || login === undefined) throw new Error('expected a component a function');

describe('a component', () => {
  it('is there once for every probed function, unless the configuration says otherwise', () => {
    expect(componentsOf(undefined, ['sign-in', 'data', 'data']).map(({ id, name }) => [id, name])).toEqual([
      ['sign-in', 'Sign in'],
      ['data', 'Data'],
    ]);
    expect(componentsOf([store], ['data'])).toEqual([store]);
    expect(unknownFunctions([both], ['data'])).toEqual([{ component: 'both', function: 'login' }]);
  });

  it.each([
    [
      'nothing of it is harmed',
      { ...quiet, functions: [fn('data', 40, 0), fn('login', 40, 39)] },
      data,
      null,
    ],
    ['a third of its requests fails', { ...quiet, functions: [fn('data', 40, 13)] }, data, 'partial_outage'],
    ['nearly all of its requests fail', { ...quiet, functions: [fn('data', 40, 39)] }, data, 'major_outage'],
    [
      'one of its two functions is gone',
      { ...quiet, functions: [fn('data', 9, 9), fn('login', 9, 0)] },
      both,
      'partial_outage',
    ],
    [
      'both of its functions are gone',
      { ...quiet, functions: [fn('data', 9, 9), fn('login', 9, 9)] },
      both,
      'major_outage',
    ],
    [
      'answers are slow',
      { ...quiet, functions: [fn('data', 40, 0)], tenants: [tenant('slow')] },
      data,
      'degraded_performance',
    ],
    [
      'a dependency is named and tenants fail',
      { ...quiet, services: ['statefulset/postgres'], tenants: [tenant('errors')] },
      store,
      'partial_outage',
    ],
    ['its zone is named and nobody fails', { ...quiet, zones: ['zone-b'] }, store, 'degraded_performance'],
    [
      'the responder is cut off',
      { ...quiet, blind: true as const, functions: [fn('data', 9, 9)] },
      data,
      null,
    ],
  ])('stands by what is measured: %s', (_when, assessment, component, expected) => {
    expect(stateByAssessment(component, assessment)).toBe(expected);
  });

  it('that was hit stays degraded while the harm lasts, and is operational once it has ended', () => {
    const worst = worstStates([data, login], [{ ...quiet, functions: [fn('data', 9, 9)] }, quiet]);
    expect([...worst]).toEqual([['data', 'major_outage']]);
    const incident = { assessment: quiet, worst };
    expect(componentState(data, [{ ...incident, status: 'open' }], false)).toBe('degraded_performance');
    expect(componentState(login, [{ ...incident, status: 'open' }], false)).toBe('operational');
    expect(componentState(data, [{ ...incident, status: 'mitigated' }], false)).toBe('operational');
  });

  it('is under maintenance unless an outage is measured', () => {
    const hit = {
      status: 'open' as const,
      assessment: { ...quiet, functions: [fn('data', 9, 9)] },
      worst: new Map(),
    };
    expect(componentState(data, [], true)).toBe('under_maintenance');
    expect(componentState(data, [hit], true)).toBe('major_outage');
  });
});
