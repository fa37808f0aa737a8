import type { Action, Plan } from '@tocsin/runbook';
import { freeStepId, type Check, type Incident, type ProposedStep } from '#incidents';
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
import { fitOf, type Cause, type FitInput } from './fit.ts';
import { keptObject } from './kept-object.ts';
import { ownChanges } from './own-changes.ts';
import { readDifferences } from './read-differences.ts';
import { placeOf } from './place-of.ts';
import { targetUid } from './target-uid.ts';

/** What of an action is needed to prepare it, also of one that no document names. */
export type Preparable = Pick<
  Action,
  | 'id'
  | 'label'
  | 'text'
  | 'pipeline'
  | 'effect'
  | 'approvals'
  | 'placeholders'
  | 'check'
  | 'manual'
  | 'purpose'
>;

/** What a change is prepared for. */
interface PrepareFor {
  readonly incident: Incident;
  readonly plan: Plan;
  /** The cause that it answers. */
  readonly cause: Cause;
  readonly signal: AbortSignal;
  /** Set when a person asked for it. */
  readonly requested?: Pick<ProposedStep, 'requestedBy' | 'undoes'>;
}

/** Everything known about one change before a person is asked. Failed checks do not throw: they block the offer. */
export async function prepareStep(
  room: StepsRoom,
  action: Preparable,
  about: PrepareFor,
): Promise<ProposedStep> {
  const { incident, signal } = about;
  const bound = await bind(room, action, about);
  const written = bindAction(action, bound.values);
  const live = bound.unread ?? (await readLive(room, written.change, signal));
  const ours = ownChanges(incident, targetOf(written.change));
  const takesBack = about.requested?.undoes !== undefined || action.purpose === 'undo';
  const one = typeof live === 'string' ? written : aimUndo(written, live, { ours, takesBack });
  const input = { change: one.change, runningSteps: [], ours, takesBack };
  const checks = [
    ...valueChecks(bound),
    ...(typeof live === 'string' ? unreadable(live) : runChecks({ ...input, live }, action.check)),
  ];
  const untried = { dry: null, kept: null, changed: null };
  const tried = isRunnable(action, bound) ? await tryOut(room, one, live, signal) : untried;
  return {
    ...assemble(action, { one, live, checks, ...tried, id: freeStepId(incident, action.id) }),
    ...placeOf(action, one.change, about.plan),
    ...(about.requested ?? fitting({ ...about, live, ours, change: one.change })),
  };
}

function isRunnable(action: Preparable, { missing }: BoundValues): boolean {
  return missing.length === 0 && whyManual(action) === undefined;
}

/** A dry run, what it would make of the object, and what would be taken away. */
async function tryOut(room: StepsRoom, one: BoundAction, live: LiveView | string, signal: AbortSignal) {
  const where = { ...room, namespace: room.service.namespace, signal };
  const kept = await keptObject(one.change, where);
  if (typeof live === 'string') return { dry: null, kept, changed: null };
  const [dry, changed] = await Promise.all([
    dryRun(one.change, one.pipeline, { ...where, live }),
    readDifferences(one, { ...where, live, at: Date.now() }),
  ]);
  return { dry, kept, changed };
}

function fitting(
  about: PrepareFor & { readonly live: LiveView | string } & Pick<FitInput, 'change' | 'ours'>,
): Pick<ProposedStep, 'fit'> {
  const { live, incident } = about;
  if (typeof live === 'string') return {};
  return { fit: fitOf({ ...about, live, impactStartAt: incident.impactStartAt }) };
}

type Bound = BoundValues & { readonly unread?: string };

/** Without the list of nodes nothing is filled in: `unread` says why it could not be read. */
async function bind(room: StepsRoom, action: Preparable, { cause, signal }: PrepareFor): Promise<Bound> {
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

function valueChecks({ missing }: BoundValues): readonly Check[] {
  return missing.length === 0 ? [] : [{ name: 'values-known', ok: false, text: missing.join('; ') }];
}

/** Why only a person can do it; undefined when the responder can. */
function whyManual({ manual, pipeline }: Preparable): string | undefined {
  return manual ?? (pipeline === null ? 'it is not a plain command or pipeline' : undefined);
}

function assemble(
  action: Preparable,
  parts: {
    readonly one: BoundAction;
    readonly live: LiveView | string;
    readonly checks: readonly Check[];
    readonly dry: { readonly ok: boolean; readonly text: string } | null;
    /** What is taken away, so that it can be put back. */
    readonly kept: string | null;
    /** What changes of the object, a line a field. */
    readonly changed: readonly string[] | null;
    readonly id: string;
  },
): ProposedStep {
  const { one, live, checks, dry, kept, changed, id } = parts;
  const { change, pipeline, values } = one;
  const manual = whyManual(action);
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
    ...(manual === undefined ? {} : { manual }),
    ...(changed === null ? {} : { differences: changed }),
    blastRadius:
      typeof live === 'string' ? 'not known: the cluster cannot be read' : blastRadius(change, live),
  };
}
