import type { Plan } from '@tocsin/runbook';
import type { EndpointFact, NodeFact, PodFact, WorkloadFact } from '#facts';
import type { Actor, Incident, InputBody } from '#incidents';

/** A PodDisruptionBudget as its controller last saw it. */
export interface BudgetFact {
  readonly name: string;
  readonly namespace: string;
  /** Labels that select the pods it protects. */
  readonly selector: Readonly<Record<string, string>>;
  /** How many more pods may be evicted now. */
  readonly disruptionsAllowed: number;
}

/** What a change answers: `text` is kept as evidence. `refused`: the server said no (429, 403, 404, 500 ...). */
export interface ActionAnswer {
  readonly ok: boolean;
  /** HTTP status of a refusal, null when none came back. */
  readonly status: number | null;
  readonly text: string;
}

/** How the answer of a typed change is wanted. */
export interface ActionOptions {
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** A workload by its Kubernetes name. */
export interface WorkloadRef {
  readonly kind: 'deployment' | 'statefulset';
  readonly namespace: string;
  readonly name: string;
}

/** What the steps room asks of the cluster room: fresh reads (never a watch's cache) and typed changes. Reads throw when the API cannot be read. */
export interface StepsCluster {
  listNodes(signal: AbortSignal): Promise<readonly NodeFact[]>;
  /** Pods of one namespace, or of all when null. */
  listPods(namespace: string | null, signal: AbortSignal): Promise<readonly PodFact[]>;
  listWorkloads(namespace: string, signal: AbortSignal): Promise<readonly WorkloadFact[]>;
  listEndpoints(namespace: string, signal: AbortSignal): Promise<readonly EndpointFact[]>;
  listBudgets(signal: AbortSignal): Promise<readonly BudgetFact[]>;
  /** Where a Service answers, or null when it has no address. */
  serviceAddress(
    namespace: string,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly host: string; readonly port: number } | null>;
  cordon(node: string, options: ActionOptions): Promise<ActionAnswer>;
  uncordon(node: string, options: ActionOptions): Promise<ActionAnswer>;
  evict(
    pod: { readonly namespace: string; readonly name: string },
    options: ActionOptions,
  ): Promise<ActionAnswer>;
  rolloutRestart(workload: WorkloadRef, options: ActionOptions): Promise<ActionAnswer>;
  /** Answers a kubectl read by typed calls, as text; null when it has no typed form. */
  typedRead(argv: readonly string[], signal: AbortSignal): Promise<string | null>;
}

/** What the steps room asks of the incidents room. */
export interface StepsIncidents {
  get(incidentId: string): Promise<Incident | null>;
  /** Applies one input; throws AppError (conflict, not-allowed ...) when the decider refuses it. */
  apply(incidentId: string, body: InputBody, actor: Actor): Promise<unknown>;
}

/** Plans by hash, as they were pinned. */
export interface StepsPlans {
  get(hash: string): Promise<Plan | null>;
}

/** An outside probe: the url a client of the service uses. */
export interface StepsProbe {
  readonly target: string;
  readonly url: string;
  /** Host header, when the url addresses the ingress by its address. */
  readonly host?: string | undefined;
  readonly timeoutMs: number;
}

/** What is watched, and the secrets that native equivalents may use; tokens are read from their files at every use. */
export interface StepsService {
  readonly namespace: string;
  readonly deployment: string;
  readonly service: string;
  readonly podLabels: Readonly<Record<string, string>>;
  readonly probes: readonly StepsProbe[];
  readonly tenants: readonly { readonly id: string; readonly tokenFile: string }[];
}

/** Who speaks when the steps room does. */
export const stepsActor: Actor = { kind: 'system', id: 'steps' };
