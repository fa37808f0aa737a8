import type { Cluster } from '#cluster';
import type { WatchedService } from '#facts';
import type { Actor, Incidents, Plans } from '#incidents';

/** What the steps room asks of the cluster room: fresh reads, never a watch's cache, and typed changes. */
export type StepsCluster = Pick<
  Cluster,
  | 'listNodes'
  | 'listPods'
  | 'listWorkloads'
  | 'listEndpoints'
  | 'listBudgets'
  | 'listQuotas'
  | 'listPolicies'
  | 'listRevisions'
  | 'podsOnNode'
  | 'serviceAddress'
  | 'cordon'
  | 'uncordon'
  | 'evict'
  | 'rolloutRestart'
  | 'typedRead'
  | 'currentObject'
  | 'tryPatch'
>;

/** What the steps room asks of the incidents room; `apply` throws AppError when the decider refuses. */
export type StepsIncidents = Pick<Incidents, 'get' | 'apply' | 'handsOff' | 'onChange' | 'onHandsOff'>;

/** Plans by hash, as they were pinned. */
export type StepsPlans = Pick<Plans, 'loadPlan'>;

/** An outside probe: the url that a client of the service uses. */
export interface StepsProbe {
  readonly target: string;
  readonly url: string;
  /** Host header, when the url addresses the ingress by its address. */
  readonly host?: string | undefined;
  readonly timeoutMs: number;
}

/** What is watched, how it is reached from outside, and where its tenants' tokens lie (read anew at every use). */
export interface StepsService extends WatchedService {
  readonly probes: readonly StepsProbe[];
  readonly tenants: readonly { readonly id: string; readonly tokenFile: string }[];
}

/** Who speaks when the steps room does. */
export const stepsActor: Actor = { kind: 'system', id: 'steps' };
