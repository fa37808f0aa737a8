import { describe, expect, it } from 'vitest';
import { missesButTime, runDrill } from './run-drill.ts';
import { watchChildren } from './watch-children.ts';

const minutes = 60_000;
const shells = ['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'busybox', 'fish', 'csh', 'tcsh'];

describe('a node dies', () => {
  it(
    'is detected, paged, diagnosed, mitigated by the approved steps, and proven recovered',
    { timeout: 6 * minutes },
    async () => {
      const children = watchChildren();
      const drill = await runDrill('--approve', '--hold', '10s').finally(children.stop);
      expect(missesButTime(drill)).toEqual([]);
      expect(children.programs).toContain('kubectl');
      expect([...children.programs].filter((program) => shells.includes(program))).toEqual([]);
      expect(drill.card).toMatchObject({
        severity: 'P0',
        diagnosis: 'node-failure',
        mitigatedBy: 'step',
        incidents: 1,
        lostPages: 0,
        duplicatePages: 0,
      });
      expect(drill.card['subject']).toMatch(/^node\/node-/);
      expect(drill.card['tenants']).toEqual(['t1', 't2', 't3', 't4', 't5']);
    },
  );

  it(
    'ends the same way when the responder is killed 2 s after the page',
    { timeout: 6 * minutes },
    async () => {
      const drill = await runDrill('--approve', '--hold', '10s', '--kill-responder', '2s');
      expect(drill.story).toContain('killed the responder (-9');
      expect(missesButTime(drill)).toEqual([]);
      expect(drill.card).toMatchObject({
        diagnosis: 'node-failure',
        mitigatedBy: 'step',
        incidents: 1,
        lostPages: 0,
        duplicatePages: 0,
      });
    },
  );
});
