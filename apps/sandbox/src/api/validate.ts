import { invalid, matchesSelector, resourceOf } from '#store';
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
    ...podSpecProblems(spec.template?.spec, 'spec.template.spec'),
  ];
}

function problemsOf(kind: Kind, object: KubeObject): StatusCause[] {
  switch (kind) {
    case 'Pod':
      return podSpecProblems((object as KubeObject & { spec?: PodSpec }).spec, 'spec');
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
      return workloadProblems(object as Deployment);
    default:
      return [];
  }
}

/** Throws 422 for what the controllers could not act on; the rest of Kubernetes' validation is left out. */
export function validate(kind: Kind, object: KubeObject): void {
  const causes = problemsOf(kind, object);
  if (causes.length > 0) throw invalid(resourceOf(kind), object.metadata.name, causes);
}
