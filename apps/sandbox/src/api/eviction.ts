import {
  ApiStatusError,
  isReady,
  matchesSelector,
  timestamp,
  type Pod,
  type PodDisruptionBudget,
} from '#store';
import { isDryRun, type Handler } from './reply.ts';

const refusal = "Cannot evict pod as it would violate the pod's disruption budget.";

const noStatus = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0 };

function tooMany(message: string, retryAfterSeconds?: number): ApiStatusError {
  const causes = [{ reason: 'DisruptionBudget', message, field: '' }];
  return new ApiStatusError(429, 'TooManyRequests', refusal, {
    causes,
    ...(retryAfterSeconds && { retryAfterSeconds }),
  });
}

/** What a budget says to the eviction of a pod: `free` costs it nothing, `costs` takes one disruption. */
export type Verdict = { kind: 'free' } | { kind: 'costs' } | { kind: 'refused'; error: ApiStatusError };

function judgeByBudget(ready: boolean, { metadata, spec, status }: PodDisruptionBudget): Verdict {
  const {
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    observedGeneration = 0,
  } = { ...noStatus, ...status };
  const enough = desiredHealthy > 0 && currentHealthy >= desiredHealthy;
  if (!ready && (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' || enough)) return { kind: 'free' };
  if (observedGeneration < (metadata.generation ?? 0)) {
    const message = `The disruption budget ${metadata.name} is still being processed by the server.`;
    return { kind: 'refused', error: tooMany(message, 10) };
  }
  if (disruptionsAllowed > 0) return { kind: 'costs' };
  const needs = `The disruption budget ${metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  return { kind: 'refused', error: tooMany(needs) };
}

/** Decides an eviction as Kubernetes' eviction subresource does. Pure. */
export function judgeEviction(pod: Pod, budgets: PodDisruptionBudget[]): Verdict {
  const harmless = pod.status?.phase !== 'Running' || pod.metadata.deletionTimestamp !== undefined;
  const [budget, second] = budgets;
  if (harmless || budget === undefined) return { kind: 'free' };
  if (second === undefined) return judgeByBudget(isReady(pod), budget);
  const message =
    'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.';
  return { kind: 'refused', error: new ApiStatusError(500, 'InternalError', message) };
}

interface EvictionBody {
  deleteOptions?: { gracePeriodSeconds?: number; preconditions?: { uid?: string } };
}

/** Evicts a pod: deletes it unless that would break a disruption budget (429). */
export const evict: Handler = ({ store, now }, target, request) => {
  const pod = store.require('Pod', target);
  const budgets = store
    .list('PodDisruptionBudget', { namespace: target.namespace })
    .filter(({ spec }) => matchesSelector(pod.metadata.labels, spec.selector));
  const verdict = judgeEviction(pod, budgets);
  if (verdict.kind === 'refused') throw verdict.error;
  const act = (): void => {
    const [budget] = budgets;
    if (verdict.kind === 'costs' && budget !== undefined) {
      store.modify('PodDisruptionBudget', budget.metadata, ({ status }) => {
        if (status === undefined) return;
        status.disruptionsAllowed -= 1;
        status.disruptedPods = { ...status.disruptedPods, [target.name]: timestamp(now()) };
      });
    }
    store.delete('Pod', target, (request.body as EvictionBody | undefined)?.deleteOptions ?? {});
  };
  if (isDryRun(request)) store.rehearse(act);
  else act();
  return {
    code: 201,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
  };
};
