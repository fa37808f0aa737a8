import { ownContainers } from '../case-file.ts';
import type { Scenario } from '../scenario.ts';

const reasons = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull']);

/** An image cannot be had. Rests on the recording bad-image-rollout. */
export const imagePullFailure: Scenario = {
  id: 'image-pull-failure',
  ruledOut: 'every image could be pulled',
  find(file) {
    const waiting = ownContainers(file).filter(({ container }) => reasons.has(container.reason ?? ''));
    if (waiting.length === 0) return [];
    const ready = file.living.filter((pod) => pod.ready).length;
    return [
      {
        id: 'image-pull-failure',
        subject: file.workloadSubject,
        confidence: 0.97,
        for: [
          ...waiting.map(({ pod, container }) => `${pod.name}: ${container.image}: ${container.reason}`),
          ...(ready > 0 ? [`${ready} other pods are ready and serve`] : []),
        ],
        against: [],
        settles: [],
      },
    ];
  },
};
