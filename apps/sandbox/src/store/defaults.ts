import type { KubeObject } from './meta.ts';
import type { Deployment, StatefulSet } from './kinds.ts';
import type { Service } from './kinds.ts';
import type { Container, Pod, PodSpec, Probe } from './kinds.ts';
import type { Secret } from './kinds.ts';

/** Sets each field of `defaults` that `target` leaves undefined. */
function fill<T extends object>(target: T, defaults: Partial<T>): void {
  for (const key of Object.keys(defaults) as (keyof T)[]) {
    if (target[key] === undefined) Object.assign(target, { [key]: defaults[key] });
  }
}

function defaultProbe(probe: Probe | undefined): void {
  if (probe === undefined) return;
  fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  if (probe.httpGet) fill(probe.httpGet, { path: '/', scheme: 'HTTP' });
}

function defaultContainer(container: Container): void {
  const latest = !container.image?.includes(':') || container.image.endsWith(':latest');
  fill(container, {
    imagePullPolicy: latest ? 'Always' : 'IfNotPresent',
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  for (const port of container.ports ?? []) fill(port, { protocol: 'TCP' });
  for (const probe of [container.livenessProbe, container.readinessProbe]) defaultProbe(probe);
  const { resources } = container;
  if (resources?.limits) resources.requests = { ...resources.limits, ...resources.requests };
}

function defaultPodSpec(spec: PodSpec): void {
  fill(spec, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
  });
  for (const container of spec.containers ?? []) defaultContainer(container);
}

function notReadyToleration(key: string): NonNullable<PodSpec['tolerations']>[number] {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 };
}

function quotient(spec: PodSpec, part: 'limits' | 'requests'): string {
  return JSON.stringify(spec.containers.map((container) => container.resources?.[part] ?? {}));
}

/** Guaranteed, Burstable or BestEffort, by the requests and limits of the containers. */
export function qosClassOf(spec: PodSpec): string {
  const amounts = spec.containers.map(({ resources }) => resources ?? {});
  const none = amounts.every(({ limits, requests }) => Object.keys({ ...limits, ...requests }).length === 0);
  if (none) return 'BestEffort';
  const full = amounts.every(({ limits }) => limits?.['cpu'] !== undefined && limits['memory'] !== undefined);
  return full && quotient(spec, 'limits') === quotient(spec, 'requests') ? 'Guaranteed' : 'Burstable';
}

function defaultPod(pod: Pod): void {
  defaultPodSpec(pod.spec);
  fill(pod.spec, {
    serviceAccountName: 'default',
    serviceAccount: pod.spec.serviceAccountName ?? 'default',
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
  });
  const tolerations = (pod.spec.tolerations ??= []);
  for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
    const tolerated = tolerations.some(
      (one) => (one.key ?? key) === key && (one.effect ?? 'NoExecute') === 'NoExecute',
    );
    if (!tolerated) tolerations.push(notReadyToleration(key));
  }
  pod.status ??= {};
  fill(pod.status, { phase: 'Pending', qosClass: qosClassOf(pod.spec) });
}

function defaultDeployment({ spec }: Deployment): void {
  fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy: {} });
  const strategy = (spec.strategy ??= {});
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') {
    strategy.rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%', ...strategy.rollingUpdate };
  }
  defaultPodSpec(spec.template.spec);
}

function defaultStatefulSet({ spec }: StatefulSet): void {
  fill(spec, {
    replicas: 1,
    revisionHistoryLimit: 10,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: {},
  });
  fill(spec, { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' } });
  const strategy = (spec.updateStrategy ??= {});
  fill(strategy, { type: 'RollingUpdate' });
  if (strategy.type === 'RollingUpdate') strategy.rollingUpdate = { partition: 0, ...strategy.rollingUpdate };
  defaultPodSpec(spec.template.spec);
}

function defaultService(service: Service): void {
  fill(service.spec, { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' });
  fill(service.spec, { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' });
  for (const port of service.spec.ports ?? []) fill(port, { protocol: 'TCP', targetPort: port.port });
  service.status ??= { loadBalancer: {} };
}

function defaultSecret(secret: Secret): void {
  fill(secret, { type: 'Opaque' });
  if (secret.stringData === undefined) return;
  const encoded = Object.entries(secret.stringData).map(([key, value]) => [
    key,
    Buffer.from(value).toString('base64'),
  ]);
  secret.data = { ...secret.data, ...Object.fromEntries(encoded) };
  delete secret.stringData;
}

const byKind: Record<string, (object: never) => void> = {
  Deployment: defaultDeployment,
  Namespace: (object: KubeObject) =>
    fill(object as KubeObject & { status?: object }, { status: { phase: 'Active' } }),
  Pod: defaultPod,
  ReplicaSet: (object: Deployment) => {
    fill(object.spec, { replicas: 1 });
    defaultPodSpec(object.spec.template.spec);
  },
  Secret: defaultSecret,
  Service: defaultService,
  StatefulSet: defaultStatefulSet,
};

/** Fills in, in place, what Kubernetes fills in when an object of this kind is written. */
export function applyDefaults(object: KubeObject): void {
  const apply = byKind[object.kind] as ((target: KubeObject) => void) | undefined;
  apply?.(object);
}
