import { describe, expect, it } from 'vitest';
import { missesButTime, runDrill } from './run-drill.ts';

const minutes = 60_000;

/** From the moment of the page on: while it is delivered, evidence gathered, steps offered, approved, run, verified, held. */
const moments = [
  '0ms',
  '200ms',
  '500ms',
  '1s',
  '1500ms',
  '3s',
  '4s',
  '5s',
  '5500ms',
  '6s',
  '6500ms',
  '8s',
  '12s',
  '18s',
  '24s',
];

describe('the responder is killed with -9', () => {
  it.each(moments)(
    '%s after the page: one incident, no page lost or doubled, no step twice, recovered',
    { timeout: 8 * minutes },
    async (moment) => {
      const drill = await runDrill('--approve', '--hold', '10s', '--kill-responder', moment);
      expect(drill.story).toContain('killed the responder (-9');
      expect(missesButTime(drill)).toEqual([]);
      expect(drill.card).toMatchObject({
        incidents: 1,
        diagnosis: 'node-failure',
        mitigatedBy: 'step',
        lostPages: 0,
        duplicatePages: 0,
      });
      // A step that ran a second time would say so twice.
      for (const command of ['kubectl cordon', 'kubectl drain'])
        expect(drill.story.match(new RegExp(`runs: ${command}`, 'g'))).toHaveLength(1);
    },
  );
});
