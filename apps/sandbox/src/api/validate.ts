import { invalid, matchesSelector, notImplemented, resourceOf } from '#store';
import type { Container, Deployment, Kind, KubeObject, PodSpec, StatusCause } from '#store';

function required(field: string): StatusCause {
  return { reason: 'FieldValueRequired', field, message: 'Required value' };
}

function negative(value: unknown, field: string): StatusCause[] {
  if (typeof value !== 'number' || value >= 0) return [];
  const message = `Invalid value: ${value}: must be greater than or equal to 0`;
  return [{ reason: 'FieldValueInvalid', field, message }];
}

function containerProblems(container: Container, index: number, path: string): StatusCause[] {
  const at = `${path}.containers[${index}]`;
  return [
    ...(container.name ? [] : [required(`${at}.name`)]),
    ...(container.image ? [] : [required(`${at}.image`)]),
  ];
}

function podSpecProblems(spec: PodSpec | undefined, path: string): StatusCause[] {
  if (!Array.isArray(spec?.containers) || spec.containers.length === 0)
    return [required(`${path}.containers`)];
  return spec.containers.flatMap((container, index) => containerProblems(container, index, path));
}

function workloadProblems({ spec }: Deployment): StatusCause[] {
  if (spec === undefined) return [required('spec')];
  refuseLeftOut(spec, leftOut.workload);
  const labels = spec.template?.metadata?.labels;
  const matches = matchesSelector(labels, spec.selector);
  const mismatch: StatusCause = {
    reason: 'FieldValueInvalid',
    field: 'spec.template.metadata.labels',
    message: `Invalid value: ${JSON.stringify(labels ?? {})}: \`selector\` does not match template \`labels\``,
  };
  return [
    ...negative(spec.replicas, 'spec.replicas'),
    ...(spec.selector === undefined ? [required('spec.selector')] : []),
    ...(spec.selector !== undefined && !matches ? [mismatch] : []),
    ...checkPodSpec(spec.template?.spec, 'spec.template.spec'),
  ];
}

/** Fields that would change what happens to a pod, and that nothing here acts on. */
const leftOut = {
  workload: ['minReadySeconds'],
  pod: ['affinity', 'initContainers'],
  container: ['startupProbe'],
};

function refuseLeftOut(part: object | undefined, fields: readonly string[]): void {
  const asked = Object.entries(part ?? {}).filter(([name]) => fields.includes(name));
  const field = asked.find(([, value]) => !['{}', '[]', '0'].includes(JSON.stringify(value)))?.[0];
  if (field !== undefined) throw notImplemented(field);
}

function checkPodSpec(spec: PodSpec | undefined, path: string): StatusCause[] {
  const problems = podSpecProblems(spec, path);
  if (problems.length > 0) return problems;
  refuseLeftOut(spec, leftOut.pod);
  for (const container of spec?.containers ?? []) refuseLeftOut(container, leftOut.container);
  return [];
}

function problemsOf(kind: Kind, object: KubeObject): StatusCause[] {
  switch (kind) {
    case 'Pod':
      return checkPodSpec((object as KubeObject & { spec?: PodSpec }).spec, 'spec');
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return workloadProblems(object as Deployment);
    default:
      return [];
  }
}

/**
 * Throws 422 for what the controllers could not act on, and 501 for what they leave out; the rest of Kubernetes'
 * validation is left out.
 */
export function validate(kind: Kind, object: KubeObject): void {
  const causes = problemsOf(kind, object);
  if (causes.length > 0) throw invalid(resourceOf(kind), object.metadata.name, causes);
}
