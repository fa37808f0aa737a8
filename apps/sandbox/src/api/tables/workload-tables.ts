import type { Deployment, IntOrString, PodDisruptionBudget, ReplicaSet, StatefulSet } from '#store';
import { age, containerColumns, integer, named, selectorText, wide, type TableFor } from './column.ts';

const deployment: TableFor<Deployment> = [
  named,
  ['Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 1}`],
  ['Up-to-date', ({ status }) => status?.updatedReplicas ?? 0, integer],
  ['Available', ({ status }) => status?.availableReplicas ?? 0, integer],
  age,
  ...containerColumns<Deployment>(({ spec }) => spec.template.spec.containers),
  ['Selector', ({ spec }) => selectorText(spec.selector), wide],
];

const replicaSet: TableFor<ReplicaSet> = [
  named,
  ['Desired', ({ spec }) => spec.replicas ?? 1, integer],
  ['Current', ({ status }) => status?.replicas ?? 0, integer],
  ['Ready', ({ status }) => status?.readyReplicas ?? 0, integer],
  age,
  ...containerColumns<ReplicaSet>(({ spec }) => spec.template.spec.containers),
  ['Selector', ({ spec }) => selectorText(spec.selector), wide],
];

const statefulSet: TableFor<StatefulSet> = [
  named,
  ['Ready', ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 1}`],
  age,
  ...containerColumns<StatefulSet>(({ spec }) => spec.template.spec.containers),
];

function amount(value: IntOrString | undefined): string {
  return value === undefined ? 'N/A' : String(value);
}

const podDisruptionBudget: TableFor<PodDisruptionBudget> = [
  named,
  ['Min Available', ({ spec }) => amount(spec.minAvailable)],
  ['Max Unavailable', ({ spec }) => amount(spec.maxUnavailable)],
  ['Allowed Disruptions', ({ status }) => status?.disruptionsAllowed ?? 0, integer],
  age,
];

/** Columns of what runs pods. */
export const workloadTables = {
  Deployment: deployment,
  PodDisruptionBudget: podDisruptionBudget,
  ReplicaSet: replicaSet,
  StatefulSet: statefulSet,
};
