import { setTimeout as sleep } from 'node:timers/promises';
import type { HarmlessEvent } from './harmless-event.ts';

const awayMs = 15_000;

/** A kubelet that is away for a moment: its lease ages and is renewed. */
export const nodeFlap: HarmlessEvent = {
  kind: 'control:node-flap',
  async begin({ sandbox }, signal) {
    const fault = await sandbox.inject('kubelet-dead', {});
    void sleep(awayMs, undefined, { signal })
      .catch(() => {})
      .then(() => sandbox.lift(fault.id))
      .catch(() => {});
    return fault.subject;
  },
  async undo({ sandbox }) {
    const { faults } = await sandbox.status();
    for (const one of faults) if (one.kind === 'kubelet-dead') await sandbox.lift(one.id);
  },
};
