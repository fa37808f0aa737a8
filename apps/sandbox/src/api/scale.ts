import { invalid, selectorQuery, type Deployment, type ReplicaSet, type StatefulSet } from '#store';
import { applyPatchOf } from './merge-patch.ts';
import { isDryRun, notAllowed, ok, type Handler } from './reply.ts';
import type { Target } from './target.ts';

type Scalable = Deployment | ReplicaSet | StatefulSet;
type ScalableKind = Scalable['kind'];

interface Scale {
  metadata: Record<string, unknown>;
  spec: { replicas?: unknown };
}

function scaleOf({ metadata, spec, status }: Scalable): Scale & Record<string, unknown> {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 0 },
    status: { replicas: status?.replicas ?? 0, selector: selectorQuery(spec.selector) },
  };
}

function replicasOf(scale: Scale, target: Target): number {
  const { replicas = 0 } = scale.spec;
  if (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 0) return replicas;
  const message = `Invalid value: ${JSON.stringify(replicas)}: must be greater than or equal to 0`;
  throw invalid(target.resource, target.name ?? '', [
    { reason: 'FieldValueInvalid', field: 'spec.replicas', message },
  ]);
}

/** Reads or sets the number of replicas through the `autoscaling/v1` Scale of a workload. */
export const answerScale: Handler = ({ store }, target, request) => {
  const kind = target.resource.kind as ScalableKind;
  const current = scaleOf(store.require(kind, target));
  if (request.method === 'GET') return ok(current);
  if (request.method !== 'PATCH' && request.method !== 'PUT') throw notAllowed(request, target);
  const contentType = request.headers['content-type'] ?? '';
  const wanted = request.method === 'PUT' ? request.body : applyPatchOf(contentType, current, request.body);
  const replicas = replicasOf(wanted as Scale, target);
  const set = (): Scalable => store.modify(kind, target, (draft) => void (draft.spec.replicas = replicas));
  return ok(scaleOf(isDryRun(request) ? store.rehearse(set) : set()));
};
