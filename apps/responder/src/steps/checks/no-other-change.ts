import type { PreCheck } from './pre-check.ts';

/** No other step of ours is running. */
export const noOtherChange: PreCheck = {
  name: 'no-other-change',
  before: [
    'cordon',
    'uncordon',
    'drain',
    'rollout-restart',
    'rollout-undo',
    'memory-limit',
    'delete-policy',
    'other',
  ],
  check: ({ runningSteps }) =>
    runningSteps.length === 0
      ? { ok: true, text: 'no other step is running' }
      : { ok: false, text: `still running: ${runningSteps.join(', ')}` },
};
