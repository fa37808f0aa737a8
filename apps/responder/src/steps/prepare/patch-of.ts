import type { ObjectPatch, Revision } from '#cluster';
import { readKubectlArgv } from '../kubectl-argv.ts';
import type { Change, WorkloadRef } from './change.ts';

const strategic = 'application/strategic-merge-patch+json';

/**
 * The change as one patch of one object, to be tried on the server; null for what is not a change of fields, and for what is not
 * understood. Pure.
 */
export function patchOf(
  change: Change,
  argv: readonly string[],
  about: { readonly namespace: string; readonly revisions: readonly Revision[] | null; readonly at: number },
): ObjectPatch | null {
  switch (change.kind) {
    case 'cordon':
    case 'drain':
      return schedulable(change.node, true);
    case 'uncordon':
      return schedulable(change.node, false);
    case 'rollout-restart':
      return restart(change.workload, about);
    case 'memory-limit':
      return { path: pathOf(change.workload, about), contentType: strategic, body: patchArgument(argv) };
    case 'rollout-undo':
      return undo(change, about);
    case 'delete-policy':
    case 'other':
      return null;
    default:
      return change satisfies never;
  }
}

function schedulable(node: string, unschedulable: boolean): ObjectPatch {
  const path = `/api/v1/nodes/${encodeURIComponent(node)}`;
  return { path, contentType: strategic, body: { spec: { unschedulable } } };
}

function restart(
  workload: WorkloadRef,
  about: { readonly namespace: string; readonly at: number },
): ObjectPatch {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date(about.at).toISOString() };
  const body = { spec: { template: { metadata: { annotations } } } };
  return { path: pathOf(workload, about), contentType: strategic, body };
}

/** As kubectl does it: the pod template of the revision, in the place of the present one. */
function undo(
  { workload, toRevision }: Extract<Change, { kind: 'rollout-undo' }>,
  about: { readonly namespace: string; readonly revisions: readonly Revision[] | null },
): ObjectPatch | null {
  const revisions = about.revisions ?? [];
  const target = toRevision === null ? revisions[1] : revisions.find((one) => one.number === toRevision);
  if (target === undefined) return null;
  const body = [{ op: 'replace', path: '/spec/template', value: target.podTemplate }];
  return { path: pathOf(workload, about), contentType: 'application/json-patch+json', body };
}

function pathOf(workload: WorkloadRef, { namespace }: { readonly namespace: string }): string {
  const where = encodeURIComponent(workload.namespace ?? namespace);
  return `/apis/apps/v1/namespaces/${where}/${workload.kind}s/${encodeURIComponent(workload.name)}`;
}

/** Only for a patch that was read before: a memory limit. */
function patchArgument(argv: readonly string[]): unknown {
  return JSON.parse(readKubectlArgv(argv).flags.get('--patch') ?? '{}');
}
