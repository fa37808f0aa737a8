import type { Action } from '@tocsin/runbook';
import type { Check, Incident, ProposedStep } from '#incidents';
import { runChecks, unreadable } from '../checks/run-checks.ts';
import { readLiveView, type LiveView } from '../live-view.ts';
import { redact } from '../redact.ts';
import type { StepsRoom } from '../steps-room.ts';
import { addDrainTimeout } from './add-drain-timeout.ts';
import { bindValues, fillPipeline, fillText, type BoundValues } from './bind-values.ts';
import { bindingHash } from './binding-hash.ts';
import { blastRadius } from './blast-radius.ts';
import { fieldsOf, readChange, targetOf, undoOf, type Change } from './change.ts';
import { dryRun } from './dry-run.ts';
import { keptObject } from './kept-object.ts';
import { targetUid } from './target-uid.ts';

/** What an action becomes once its values are in: pure, and the same when it is offered and when it is run. */
export interface BoundAction {
  readonly pipeline: readonly (readonly string[])[];
  readonly values: Readonly<Record<string, string>>;
  readonly change: Change;
  readonly timeoutAdded: boolean;
}

/** Puts the values in and adds the limit that a drain needs. */
export function bindAction(action: Action, values: Readonly<Record<string, string>>): BoundAction {
  const { pipeline, added } = addDrainTimeout(fillPipeline(action.pipeline ?? [], values));
  return { pipeline, values, change: readChange(pipeline), timeoutAdded: added };
}

/** Everything known about one change before a person is asked. Failed checks do not throw: they block the offer. */
export async function prepareStep(
  room: StepsRoom,
  action: Action,
  about: { readonly incident: Incident; readonly subject: string; readonly signal: AbortSignal },
): Promise<ProposedStep> {
  const { incident, subject, signal } = about;
  const nodes = await room.cluster.listNodes(signal).catch((error: unknown) => (error as Error).message);
  const bound: BoundValues =
    typeof nodes === 'string'
      ? { values: {}, missing: [] }
      : bindValues(action.placeholders, subject, {
          node: nodes.map((node) => node.name),
          networkpolicy: await policyNames(room, subject, signal),
        });
  const one = bindAction(action, bound.values);
  const runnable = bound.missing.length === 0 && action.manual === undefined && action.pipeline !== null;
  const live = typeof nodes === 'string' ? nodes : await readLive(room, one.change, signal);
  const dry =
    runnable && typeof live !== 'string'
      ? await dryRun(one.change, one.pipeline, { ...room, namespace: room.service.namespace, live, signal })
      : null;
  const kept = runnable ? await keptObject(one.change, { ...room, signal }) : null;
  const checks = [...valueChecks(action, bound), ...liveChecks(live, one.change, action.check)];
  return assemble(action, { one, live, checks, dry, kept, id: freeId(action.id, incident) });
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

function liveChecks(live: LiveView | string, change: Change, named: string | undefined): readonly Check[] {
  return typeof live === 'string' ? unreadable(live) : runChecks({ live, change, runningSteps: [] }, named);
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
  const command = fillText(action.text, values) + (one.timeoutAdded ? ' --timeout=60s' : '');
  const notes = [
    ...(one.timeoutAdded ? ['--timeout=60s is added: the document sets no limit'] : []),
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
