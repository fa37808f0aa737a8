import type { IncidentView, StatusView } from '@tocsin/contract';
import { describe, expect, it } from 'vitest';
import { outage } from './drill-spec.ts';
import { emptySighting, look, type Look } from './sighting.ts';

const spec = outage({
  name: 'node-failure',
  title: 'a node freezes',
  expected: { severity: 'P0', causes: [{ id: 'node-failure' }] },
});
const cause = (id: string, confidence: number) => ({
  id,
  subject: 'node/b',
  confidence,
  for: [],
  against: [],
  settles: [],
  reads: [],
});

function at(afterMs: number, said: Partial<StatusView>, incident: IncidentView | null = null): Look {
  return { afterMs, status: { verdict: 'quiet', reason: '', diagnoses: [], ...said }, incident };
}

function incidentOf(
  severity: string,
  delivered: boolean,
  ...diagnoses: ReturnType<typeof cause>[]
): IncidentView {
  const pages = [{ deliveredAt: delivered ? '2026-01-01T00:00:05Z' : null }];
  return { worstSeverity: severity, pages, diagnoses, tenants: [] } as unknown as IncidentView;
}

const see = (...looks: readonly Look[]) =>
  looks.reduce((before, one) => look(before, spec, one), emptySighting('node/b'));

const hit = (tenant: string, harm: string) => ({ tenant, harm });

describe('what is seen of a drill', () => {
  it('is complete when the page has arrived with the right severity and cause, and since then', () => {
    const seen = see(
      at(1000, {}, incidentOf('P0', false, cause('node-failure', 0.85))),
      at(2000, {}, incidentOf('P0', true, cause('node-failure', 0.85))),
      at(3000, {}, incidentOf('P0', true, cause('node-failure', 0.95))),
    );
    expect(seen.completeAfterMs).toBe(2000);
    expect(see(at(1000, {}, incidentOf('P1', true, cause('node-failure', 0.9)))).completeAfterMs).toBeNull();
  });

  it('is not complete while a wrong cause is named besides', () => {
    const both = incidentOf('P0', true, cause('node-failure', 0.9), cause('crash-loop', 0.6));
    expect(see(at(1000, {}, both)).completeAfterMs).toBeNull();
  });

  it('keeps every cause that was ever named, with its surest moment', () => {
    const seen = see(
      at(1000, {}, incidentOf('P0', true, cause('crash-loop', 0.8))),
      at(2000, {}, incidentOf('P0', true, cause('crash-loop', 0.6))),
      at(3000, {}, incidentOf('P0', true, cause('node-failure', 0.9), cause('unknown', 0))),
    );
    expect(seen.said).toEqual([
      { id: 'crash-loop', subject: 'node/b', confidence: 0.8, firstAfterMs: 1000, lastAfterMs: 2000 },
      { id: 'node-failure', subject: 'node/b', confidence: 0.9, firstAfterMs: 3000, lastAfterMs: 3000 },
    ]);
    expect(seen.named.map((one) => one.id)).toEqual(['node-failure']);
  });

  it('takes the causes beside a notice, and the first moment of it; none of a suspicion', () => {
    const notice: Partial<StatusView> = {
      verdict: 'notice',
      reason: 'one is gone',
      diagnoses: [cause('node-failure', 0.7)],
    };
    const seen = see(at(1000, { ...notice, verdict: 'suspected' }), at(2000, notice), at(3000, notice));
    expect(seen.notice).toEqual({ afterMs: 2000, reason: 'one is gone' });
    expect(seen.said).toMatchObject([{ id: 'node-failure', firstAfterMs: 2000, lastAfterMs: 3000 }]);
  });

  it('keeps every tenant that was harmed at some time', () => {
    const first = { ...incidentOf('P0', true), tenants: [hit('t2', 'errors'), hit('t3', 'none')] };
    const then = { ...incidentOf('P0', true), tenants: [hit('t1', 'slow'), hit('t2', 'none')] };
    const looks = [first, then].map((one, i) => at(i * 1000, {}, one as unknown as IncidentView));
    expect(see(...looks).harmed).toEqual(['t1', 't2']);
  });
});
