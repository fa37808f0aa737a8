import type { LaterInput } from '#incidents';
import { personById } from '#oncall';
import { AppError } from '#platform';
import { actorOf, type Caller } from '../caller.ts';
import { type Context, found, type Handlers } from '../handler.ts';
import { handsOffSet } from '../views/hands-off-view.ts';
import { showIncident } from './show-incident.ts';

interface Asked {
  readonly caller: Caller;
  readonly params: { readonly id: string };
  readonly now: number;
}

/** Hands one input to the core and answers the incident as it then stands. */
async function act({ ports }: Context, { caller, params, now }: Asked, body: LaterInput) {
  const id = await idOf(ports, params.id);
  return showIncident(ports, await ports.incidents.apply(id, body, actorOf(caller)), now);
}

/** People may say a number; what is an id need not be looked for. */
async function idOf({ incidents }: Context['ports'], named: string): Promise<string> {
  return named.startsWith('inc_') ? named : found(await incidents.get(named), 'incident', named).id;
}

/** Severities are the document's: anything else is refused with the list. */
function requireSeverity({ ports }: Context, severity: string): void {
  const known = ports.currentPlan().plan.severities.map((one) => one.id);
  if (!known.includes(severity))
    throw new AppError('invalid', `body.severity: "${severity}"; expected one of ${known.join(', ')}`);
}

export const actHandlers = {
  declareIncident: async (context, { caller, body, now }) => {
    requireSeverity(context, body.severity);
    const incident = await context.ports.declare(body, actorOf(caller));
    return showIncident(context.ports, incident, now);
  },

  acknowledge: (context, call) => act(context, call, { kind: 'acknowledge' }),

  note: (context, call) => act(context, call, { kind: 'note', text: call.body.text }),

  resolve: (context, call) =>
    act(context, call, { kind: 'resolve', note: call.body.note, waivers: call.body.waivers }),

  setSeverity: (context, call) => {
    requireSeverity(context, call.body.severity);
    return act(context, call, {
      kind: 'set-severity',
      severity: call.body.severity,
      reason: call.body.reason,
    });
  },

  correctImpact: (context, call) => {
    const { startAt, endAt, reason } = call.body;
    const end = endAt === null ? null : Date.parse(endAt);
    return act(context, call, { kind: 'correct-impact', startAt: Date.parse(startAt), endAt: end, reason });
  },

  merge: async ({ ports }, { caller, params, body, now }) => {
    const from = found(await ports.incidents.get(params.id), 'incident', params.id);
    const into = found(await ports.incidents.get(body.into), 'incident', body.into);
    const request = { from: from.id, into: into.id, reason: body.reason };
    return showIncident(ports, await ports.incidents.merge(request, actorOf(caller)), now);
  },

  split: async (context, { caller, params, body, now }) => {
    requireSeverity(context, body.severity);
    const { ports } = context;
    const from = found(await ports.incidents.get(params.id), 'incident', params.id);
    const opened = await ports.incidents.split({ ...body, from: from.id }, actorOf(caller));
    return showIncident(ports, opened, now);
  },

  handsOff: (context, call) =>
    act(context, call, { kind: 'hands-off', on: call.body.on, reason: call.body.reason }),

  assign: (context, call) => {
    const { role, person, reason } = call.body;
    const to = found(personById(context.ports.people(), person), 'person', person);
    return act(context, call, { kind: 'assign', role, to, reason });
  },

  escalate: (context, call) => act(context, call, { kind: 'escalate' }),

  calledExternal: (context, call) => act(context, call, { kind: 'external-called', ...call.body }),

  callRole: (context, call) => act(context, call, { kind: 'call-role', ...call.body }),

  snooze: (context, call) => act(context, call, { kind: 'snooze', ...call.body }),

  mitigated: (context, call) => act(context, call, { kind: 'mitigated', ...call.body }),

  reviewed: (context, call) => act(context, call, { kind: 'reviewed', ...call.body }),

  reopen: (context, call) => act(context, call, { kind: 'reopen', reason: call.body.reason }),

  tick: (context, call) =>
    act(context, call, { kind: 'tick', text: call.body.text, because: call.body.because }),

  approve: (context, call) =>
    act(context, call, {
      kind: 'approve',
      stepId: call.params.stepId,
      bindingHash: call.body.bindingHash,
    }),

  undo: (context, call) => act(context, call, { kind: 'undo', stepId: call.params.stepId }),

  overrideChecks: (context, call) =>
    act(context, call, { kind: 'override', stepId: call.params.stepId, reason: call.body.reason }),

  doneByHand: (context, call) =>
    act(context, call, { kind: 'done-by-hand', stepId: call.params.stepId, note: call.body.note }),

  ask: (context, call) => act(context, call, { kind: 'ask', ...call.body }),

  cancel: (context, call) =>
    act(context, call, { kind: 'cancel', stepId: call.params.stepId, reason: call.body.reason }),

  handsOffNow: async ({ ports }) => ({ set: handsOffSet(await ports.incidents.handsOff()) }),

  handsOffEverywhere: async ({ ports }, { body, caller }) => ({
    set: handsOffSet(await ports.incidents.setHandsOff(body, actorOf(caller))),
  }),

  deny: (context, call) =>
    act(context, call, { kind: 'deny', stepId: call.params.stepId, reason: call.body.reason }),
} satisfies Partial<Handlers>;
