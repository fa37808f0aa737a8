import type { Action, Plan } from '@tocsin/runbook';
import type { Check, Incident, ProposedStep } from '#incidents';
import { runChecks, unreadable } from '../checks/run-checks.ts';
import { readLiveView, type LiveView } from '../live-view.ts';
import { redact } from '../redact.ts';
import type { StepsRoom } from '../steps-room.ts';
import { aimUndo } from './aim-undo.ts';
import { bindAction, type BoundAction } from './bind-action.ts';
import { bindValues, fillText, type BoundValues } from './bind-values.ts';
import { bindingHash } from './binding-hash.ts';
import { blastRadius } from './blast-radius.ts';
import { fieldsOf, targetOf, undoOf, type Change } from './change.ts';
import { dryRun } from './dry-run.ts';
import { fitOf, type Cause } from './fit.ts';
import { keptObject } from './kept-object.ts';
import { ownChanges } from './own-changes.ts';
import { placeOf } from './place-of.ts';
import { targetUid } from './target-uid.ts';

/** What a change is prepared for. */
export interface PrepareFor {
  readonly incident: Incident;
  readonly plan: Plan;
  /** The cause that it answers. */
  readonly cause: Cause;
  readonly signal: AbortSignal;
}

/** Everything known about one change before a person is asked. Failed checks do not throw: they block the offer. */
export async function prepareStep(room: StepsRoom, action: Action, about: PrepareFor): Promise<ProposedStep> {
  const { incident, signal } = about;
  const bound = await bind(room, action, about);
  const written = bindAction(action, bound.values);
  const live = bound.unread ?? (await readLive(room, written.change, signal));
  const ours = ownChanges(incident, targetOf(written.change));
  const takesBack = action.purpose === 'undo';
  const one = typeof live === 'string' ? written : aimUndo(written, live, { ours, takesBack });
  const runnable = bound.missing.length === 0 && action.manual === undefined && action.pipeline !== null;
  const dry =
    runnable && typeof live !== 'string'
      ? await dryRun(one.change, one.pipeline, { ...room, namespace: room.service.namespace, live, signal })
      : null;
  const kept = runnable ? await keptObject(one.change, { ...room, signal }) : null;
  const input = { change: one.change, runningSteps: [], ours, takesBack };
  const checks = [
    ...valueChecks(action, bound),
    ...(typeof live === 'string' ? unreadable(live) : runChecks({ ...input, live }, action.check)),
  ];
  return {
    ...assemble(action, { one, live, checks, dry, kept, id: freeId(action.id, incident) }),
    ...placeOf(action, one.change, about.plan),
    ...(typeof live === 'string'
      ? {}
      : { fit: fitOf({ ...about, live, ours, change: one.change, impactStartAt: incident.impactStartAt }) }),
  };
}

type Bound = BoundValues & { readonly unread?: string };

/** Without the list of nodes nothing is filled in: `unread` says why it could not be read. */
async function bind(room: StepsRoom, action: Action, { cause, signal }: PrepareFor): Promise<Bound> {
  const nodes = await room.cluster.listNodes(signal).catch((error: unknown) => (error as Error).message);
  if (typeof nodes === 'string') return { values: {}, missing: [], unread: nodes };
  return bindValues(action.placeholders, cause.subject, {
    node: nodes.map((node) => node.name),
    networkpolicy: await policyNames(room, cause.subject, signal),
  });
}

/** Asked only where the diagnosis names one. */
async function policyNames(
  room: StepsRoom,
  subject: string,
  signal: AbortSignal,
): Promise<readonly string[] | null> {
  if (!subject.startsWith('networkpolicy/')) return [];
  const policies = await room.cluster.listPolicies(room.service.namespace, signal).catch(() => null);
  return policies?.map((one) => one.name) ?? null;
}

async function readLive(room: StepsRoom, change: Change, signal: AbortSignal): Promise<LiveView | string> {
  return readLiveView(room, change, signal).catch((error: unknown) => (error as Error).message);
}

function valueChecks(action: Action, bound: BoundValues): readonly Check[] {
  const runs = action.manual === undefined && action.pipeline !== null;
  const reason = action.manual ?? 'it is not a plain command or pipeline';
  return [
    ...(runs ? [] : [{ name: 'runs-without-a-person', ok: false, text: reason }]),
    ...(bound.missing.length === 0
      ? []
      : [{ name: 'values-known', ok: false, text: bound.missing.join('; ') }]),
  ];
}

function assemble(
  action: Action,
  parts: {
    readonly one: BoundAction;
    readonly live: LiveView | string;
    readonly checks: readonly Check[];
    readonly dry: { readonly ok: boolean; readonly text: string } | null;
    /** What is taken away, so that it can be put back. */
    readonly kept: string | null;
    readonly id: string;
  },
): ProposedStep {
  const { one, live, checks, dry, kept, id } = parts;
  const { change, pipeline, values } = one;
  const target = targetOf(change);
  const uid = typeof live === 'string' ? null : targetUid(change, live);
  const command = [fillText(action.text, values), ...one.added.map(({ argument }) => argument)].join(' ');
  const notes = [
    ...one.added.map(({ argument, because }) => `${argument} is added: ${because}`),
    ...(kept === null ? [] : [`what is taken away, to put it back with "kubectl apply -f":\n${kept}`]),
  ];
  return {
    id,
    actionId: action.id,
    label: action.label ?? action.text,
    command: redact(command),
    pipeline,
    effect: action.effect,
    approvalsNeeded: action.approvals,
    values,
    target,
    targetUid: uid,
    bindingHash: bindingHash({
      actionId: action.id,
      pipeline,
      values,
      target,
      targetUid: uid,
      fields: fieldsOf(change),
    }),
    dryRun: dry === null ? null : { ok: dry.ok, text: redact([dry.text, ...notes].join('\n')) },
    checks,
    undo: undoOf(change),
    blastRadius:
      typeof live === 'string' ? 'not known: the cluster cannot be read' : blastRadius(change, live),
  };
}

/** The action's id, with a number when it was offered before. */
function freeId(actionId: string, incident: Incident): string {
  const taken = new Set(incident.steps.map((step) => step.id));
  if (!taken.has(actionId)) return actionId;
  let n = 2;
  while (taken.has(`${actionId}-${n}`)) n += 1;
  return `${actionId}-${n}`;
}
