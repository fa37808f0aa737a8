import { expect, it } from 'vitest';
import { missesButTime, runDrill } from './run-drill.ts';

/** Kubernetes takes its time: 50 s until it gives the node up. */
it(
  'a node dies, nobody approves anything, and the platform heals alone, later',
  { timeout: 360_000 },
  async () => {
    const drill = await runDrill('--hold', '10s');
    expect(missesButTime(drill)).toEqual([]);
    expect(drill.card).toMatchObject({ diagnosis: 'node-failure', mitigatedBy: 'platform', incidents: 1 });
  },
);
