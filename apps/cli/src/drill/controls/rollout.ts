import type { HarmlessEvent } from './harmless-event.ts';
import { nothingToUndo } from './harmless-event.ts';

/** `kubectl rollout restart`. */
export const rollout: HarmlessEvent = {
  kind: 'control:rollout',
  async begin({ kubernetes, namespace, deployment }) {
    const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
    await kubernetes.ask('PATCH', `/apis/apps/v1/namespaces/${namespace}/deployments/${deployment}`, {
      body: { spec: { template: { metadata: { annotations } } } },
    });
    return `deployment/${deployment}`;
  },
  undo: nothingToUndo,
};
