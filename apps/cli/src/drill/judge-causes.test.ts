import { describe, expect, it } from 'vitest';
import { expectedIds, missesOfCauses } from './judge-causes.ts';

const named = (id: string, subject: string) => ({ id, subject, confidence: 0.9 });
const two = {
  severity: 'P0',
  causes: [{ id: 'memory-exhaustion' }, { id: 'dependency-down', subject: 'deployment/redis' }],
};

describe('causes of a drill', () => {
  it('wants each that is expected, on the subject that was struck or the one that is written', () => {
    const both = [named('memory-exhaustion', 'deployment/api'), named('dependency-down', 'deployment/redis')];
    expect(missesOfCauses(two, both, 'deployment/api')).toEqual([]);
    expect(missesOfCauses(two, both.slice(0, 1), 'deployment/api')).toEqual([
      'diagnosis memory-exhaustion deployment/api, expected dependency-down of deployment/redis',
    ]);
  });

  it('counts a right cause on a wrong subject twice: what is missing, and what is wrong', () => {
    expect(
      missesOfCauses(
        { severity: 'P0', causes: [{ id: 'node-failure' }] },
        [named('node-failure', 'node/a')],
        'node/b',
      ),
    ).toEqual([
      'diagnosis node-failure node/a, expected node-failure of node/b',
      'named node-failure of node/a (0.90), which is not the cause',
    ]);
  });

  it('takes "unknown" for a good answer where none has to be named', () => {
    const open = { severity: 'P0', causes: [], alsoNamed: ['readiness-failing'] };
    expect(missesOfCauses(open, [named('unknown', '')], 'pod/x')).toEqual([]);
    expect(missesOfCauses(open, [named('readiness-failing', 'deployment/api')], 'pod/x')).toEqual([]);
    expect(missesOfCauses(open, [named('node-failure', 'node/a')], 'pod/x')).toHaveLength(1);
    expect(expectedIds(open)).toEqual(['unknown']);
  });
});
