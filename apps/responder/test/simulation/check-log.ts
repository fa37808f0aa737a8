import type { Plan } from '@tocsin/runbook';
import type { IncidentEvent, Page } from '../../src/incidents/index.ts';
import { promise } from './broken.ts';
import { knownAtOpening, learn, type Known, type Told } from './read-log.ts';

const minuteMs = 60_000;
/** How late an update may be. */
const updateGraceMinutes = 2;

interface Reading {
  readonly plan: Plan;
  readonly told: Told;
  readonly known: Known;
  readonly event: IncidentEvent;
  /** Every event before this one. */
  readonly before: readonly IncidentEvent[];
  readonly next: IncidentEvent | undefined;
  /** Nothing was ever late. */
  readonly calm: boolean;
}

/** What each event may be, given those before it. */
const rules: readonly ((reading: Reading) => void)[] = [
  escalatesByTheDocument,
  movesOnOnlyUnanswered,
  nothingRunsUnapproved,
  eachClockStrikesOnce,
  nudgesNobodyWhoAskedForQuiet,
  asksOutsideWithItsLevel,
  missedUpdatesEscalate,
  noUpdateTwice,
];

/** Walks the log as a stranger would who knows the document. */
export function checkLog(
  plan: Plan,
  told: Told,
  how: { readonly now: number; readonly calm: boolean },
): void {
  const [opened] = told.log;
  if (opened === undefined) return;
  const known = knownAtOpening(opened);
  told.log.forEach((event, index) => {
    const reading = {
      plan,
      told,
      known,
      event,
      before: told.log.slice(0, index),
      next: told.log[index + 1],
      calm: how.calm,
    };
    for (const rule of rules) rule(reading);
    learn(known, event);
  });
  nobodyWaitsInSilence(plan, told, known, how.now);
  const due =
    plan.escalation.findLastIndex((one) => known.matrixFrom + one.fromMinutes * minuteMs <= how.now) + 1;
  const level2 = told.log.find(({ body }) => body.type === 'escalated' && body.level === 2);
  promise(
    'outside-is-asked-with-its-level',
    level2 === undefined ||
      told.log.some(({ body }) => body.type === 'external-due' && body.contact.level === 2),
    () => `#${told.incident.number}: level 2 was reached, and nobody outside is asked for`,
  );
  promise(
    'escalation-by-document',
    known.status !== 'open' || known.snoozed || known.level >= Math.max(1, due),
    () => `#${told.incident.number}: level ${due} is due, and only level ${known.level} has been reached`,
  );
}

/** In order, not before its time, while open; at its very instant when nothing was late; and somebody is woken for it. */
function escalatesByTheDocument({ plan, known, event, next, calm }: Reading): void {
  if (event.body.type !== 'escalated') return;
  const { level, target } = event.body;
  const dueAt = known.matrixFrom + levelOf(plan, level).fromMinutes * minuteMs;
  const isNext = known.status === 'open' && !known.snoozed && level === known.level + 1;
  const isInTime = event.at >= dueAt && (!calm || event.at <= Math.max(dueAt, known.openSince) + 20);
  promise(
    'escalation-by-document',
    isNext && isInTime && levelOf(plan, level).target === target,
    () => `level ${level} at ${event.at}, due ${dueAt}, ${known.status}, after level ${known.level}`,
  );
  promise(
    'nobody-waits-for-nobody',
    next !== undefined && isCall(next),
    () => `level ${level} was reached, and nobody was woken for it`,
  );
}

function levelOf(plan: Plan, level: number): Plan['escalation'][number] {
  const row = plan.escalation[level - 1];
  if (row === undefined) throw new Error(`the document has no level ${level}`);
  return row;
}

/** A page moves on when its window has passed without an answer, and no higher than the matrix has come. */
function movesOnOnlyUnanswered({ plan, known, event, before }: Reading): void {
  if (event.body.type !== 'page-queued' || event.body.page.cause !== 'unacknowledged') return;
  const { page } = event.body;
  const answeredUntil = before.findLastIndex((one) => answers(one));
  const waiting = before.filter((one, index) => index > answeredUntil && isCall(one));
  const patient = waiting.some(
    (one) => event.at >= one.at + acknowledgmentWindow(plan) || isLost(one, before),
  );
  promise(
    'moves-on-only-unanswered',
    patient,
    () => `page ${page.id} at ${event.at}: no page has waited that long`,
  );
  const level = plan.escalation.findIndex((one) => one.level === page.level) + 1;
  const allowed = page.note !== null || level <= Math.max(2, known.level);
  promise(
    'moves-on-only-unanswered',
    allowed,
    () => `page ${page.id} woke level ${level} while the matrix had come to ${known.level}`,
  );
  const calls = before.filter(isCall).length;
  const moved = before.filter(
    (one) => one.body.type === 'page-queued' && one.body.page.cause === 'unacknowledged',
  ).length;
  promise('timer-effects-once', moved < calls, () => `${moved + 1} pages moved on from ${calls}`);
}

/** Somebody says that they know. */
function answers({ body }: IncidentEvent): boolean {
  return body.type === 'acknowledged' || body.type === 'snoozed';
}

/** A page, or the word that nobody could be woken. */
function isCall({ body }: IncidentEvent): boolean {
  return body.type === 'page-queued' || (body.type === 'noted' && body.by.kind === 'system');
}

/** Nobody has to wait for the answer to a page that never went out. */
function isLost({ body }: IncidentEvent, before: readonly IncidentEvent[]): boolean {
  if (body.type !== 'page-queued') return false;
  return before.some(
    (one) => one.body.type === 'page-failed' && one.body.final && one.body.pageId === body.page.id,
  );
}

function acknowledgmentWindow(plan: Plan): number {
  return (plan.phases[0]?.toMinutes ?? 5) * minuteMs;
}

function nothingRunsUnapproved({ told, known, event, before }: Reading): void {
  if (event.body.type !== 'step-started') return;
  const { stepId } = event.body;
  const again = before.some((one) => one.body.type === 'step-started' && one.body.stepId === stepId);
  promise('no-step-twice', !again, () => `step ${stepId} was started twice`);
  const approvers = new Set(
    before.flatMap(({ body }) =>
      body.type === 'step-approved' && body.stepId === stepId ? [body.by.id] : [],
    ),
  );
  const needed = told.incident.steps.find((one) => one.id === stepId)?.approvalsNeeded ?? 1;
  promise(
    'nothing-runs-unapproved',
    approvers.size >= needed,
    () => `step ${stepId}: ${approvers.size} approvals of ${needed}`,
  );
  const may = !known.handsOff && !known.blind && known.status !== 'stable' && known.status !== 'resolved';
  promise(
    'nothing-runs-unapproved',
    may,
    () => `step ${stepId} was started while hands off, blind or closed`,
  );
}

function eachClockStrikesOnce({ plan, known, event, before }: Reading): void {
  const { body, at } = event;
  if (body.type === 'phase-overdue') {
    const again = before.some((one) => one.body.type === 'phase-overdue' && one.body.phase === body.phase);
    const due = known.openedAt + (plan.phases.find((one) => one.n === body.phase)?.toMinutes ?? 0) * minuteMs;
    promise(
      'timer-effects-once',
      !again && at >= due,
      () => `phase ${body.phase} was overdue twice, or at ${at} before ${due}`,
    );
  }
}

/** Once an instant, not before it; somebody is called for it, is being called already, or has asked for quiet. */
function missedUpdatesEscalate({ plan, known, event, before, next }: Reading): void {
  if (event.body.type !== 'update-missed') return;
  const { audience, dueAt } = event.body;
  promise(
    'missed-updates-escalate',
    event.at > dueAt && !known.missed.has(`${audience} ${dueAt}`) && known.status === 'open',
    () => `${audience} at ${event.at}, due ${dueAt}, ${known.status}: too early, twice, or nobody waits`,
  );
  const isCalled = next !== undefined && isCall(next) && next.at === event.at;
  const since = event.at - acknowledgmentWindow(plan);
  const isBeingCalled = before.some(
    (one) => one.at > since && one.body.type === 'page-queued' && one.body.page.cause === 'update-missed',
  );
  promise(
    'missed-updates-escalate',
    known.snoozed || isCalled || isBeingCalled,
    () => `${audience} at ${event.at}: nobody was called`,
  );
}

function noUpdateTwice({ event, before }: Reading): void {
  if (event.body.type !== 'update-posted') return;
  const { id } = event.body.update;
  promise(
    'no-update-twice',
    !before.some((one) => one.body.type === 'update-posted' && one.body.update.id === id),
    () => `update ${id} was posted twice`,
  );
}

/** None that is due is missing: the team has waited no longer than an interval and its grace for a word, or for the next miss. */
function nobodyWaitsInSilence(plan: Plan, { incident }: Told, known: Known, now: number): void {
  const every = plan.cadences.find((one) => one.audience === 'internal')?.everyMinutes ?? null;
  if (every === null || known.status !== 'open') return;
  const missed = [...known.missed].flatMap((one) =>
    one.startsWith('internal ') ? [Number(one.split(' ')[1])] : [],
  );
  const from = Math.max(known.waitSince, ...missed);
  promise(
    'missed-updates-escalate',
    now <= from + (every + updateGraceMinutes) * minuteMs,
    () => `#${incident.number}: the team has waited since ${from}, and it is ${now}`,
  );
}

function nudgesNobodyWhoAskedForQuiet({ known, event: { body } }: Reading): void {
  if (body.type !== 'phase-overdue' || body.nudged === undefined) return;
  promise(
    'a-nudge-goes-to-who-answers',
    known.status === 'open' && !known.snoozed,
    () => `phase ${body.phase}: ${body.nudged} was told, ${known.status}, snoozed ${known.snoozed}`,
  );
}

/** Somebody outside is asked for when their level is reached, once until they were called; and a level that is reached asks for its own. */
function asksOutsideWithItsLevel({ event, known, before }: Reading): void {
  if (event.body.type !== 'external-due') return;
  const { contact, callId } = event.body;
  const asked = before.filter(
    ({ body }) => body.type === 'external-due' && body.contact.id === contact.id,
  ).length;
  const called = before.filter(
    ({ body }) => body.type === 'external-called' && body.callId.startsWith(contact.id),
  ).length;
  promise(
    'outside-is-asked-with-its-level',
    contact.level === known.level && asked === called,
    () => `${callId} of level ${contact.level} at level ${known.level}, asked ${asked}, called ${called}`,
  );
}

/** Whether a page is answered by the log. */
export function isAnswered(page: Page, log: readonly IncidentEvent[]): boolean {
  const queued = log.findIndex((one) => one.body.type === 'page-queued' && one.body.page.id === page.id);
  return log.some((one, index) => index > queued && answers(one));
}

/** Whether the incident was closed after that page, or merged, also when somebody opened it again: that pages anew. */
export function wasClosed(page: Page, { incident, log }: Pick<Told, 'incident' | 'log'>): boolean {
  const queued = log.findIndex((one) => one.body.type === 'page-queued' && one.body.page.id === page.id);
  const closed = log.some((one, index) => index > queued && one.body.type === 'resolved');
  return closed || incident.status === 'resolved';
}
