import { z } from 'zod';
import { alertRoutes } from './alert-routes.ts';
import { contactView, sendContactCode, verifyContact } from './contact-view.ts';
import { addPushDevice, pushKey, removePushDevice } from './push.ts';
import { drillStart, drillStarted } from './drill.ts';
import { evidenceDetail, liveOutput } from './evidence.ts';
import { handsOffView } from './hands-off.ts';
import { inboxItem } from './inbox.ts';
import { incidentListItem, incidentView } from './incident.ts';
import { onCallRoutes } from './on-call-routes.ts';
import { loginLink } from './login-link.ts';
import { me, type Role } from './person.ts';
import { planView } from './plan-view.ts';
import { runbookVersion, runbookView } from './runbook.ts';
import * as requests from './requests.ts';
import { statusView } from './status.ts';
import { timelineEntry } from './timeline.ts';
import { statusPageRoutes } from './status-page-routes.ts';
import { updateRoutes } from './update-routes.ts';

const done = z.object({ ok: z.literal(true) });
const incidentId = z.strictObject({ id: z.string().min(1).max(100) });
const stepId = incidentId.extend({ stepId: z.string().min(1).max(200) });
const evidenceId = incidentId.extend({ evidenceId: z.string().min(1).max(200) });

/** One route of the API: what it takes, what it answers, and the least role that may call it. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly summary: string;
  /** `anyone`: no sign-in needed. */
  readonly role: Role | 'anyone';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Largest body, bytes; absent: 64 KiB. */
  readonly bodyLimitBytes?: number;
  /** Takes a header `If-Match` with the version that the change was made from. */
  readonly ifMatch?: true;
  readonly response: z.ZodType | 'text/markdown' | 'text/calendar' | 'text/event-stream';
}

const incident = <Body extends z.ZodType>(verb: string, summary: string, body: Body) =>
  ({
    method: 'POST',
    path: `/api/incidents/:id/${verb}`,
    summary,
    role: 'responder',
    params: incidentId,
    body,
    response: incidentView,
  }) as const;

/** Every route with its least role: the one place where rights are written down. */
export const routes = {
  login: {
    method: 'POST',
    path: '/api/login',
    summary: 'Sign in with a one-time link',
    role: 'anyone',
    body: requests.login,
    response: me,
  },
  logout: {
    method: 'POST',
    path: '/api/logout',
    summary: 'End this session',
    role: 'viewer',
    body: requests.empty,
    response: done,
  },
  createLoginLink: {
    method: 'POST',
    path: '/api/login-links',
    summary: 'A new one-time link for the asking person',
    role: 'viewer',
    body: requests.empty,
    response: loginLink,
  },
  me: { method: 'GET', path: '/api/me', summary: 'Who is asking', role: 'viewer', response: me },
  status: {
    method: 'GET',
    path: '/api/status',
    summary: 'What is watched and what it says now',
    role: 'viewer',
    response: statusView,
  },
  listIncidents: {
    method: 'GET',
    path: '/api/incidents',
    summary: 'Incidents, newest first',
    role: 'viewer',
    query: requests.incidentQuery,
    response: z.array(incidentListItem),
  },
  declareIncident: {
    method: 'POST',
    path: '/api/incidents',
    summary: 'Declare an incident; merges into the open one',
    role: 'responder',
    body: requests.declare,
    response: incidentView,
  },
  getIncident: {
    method: 'GET',
    path: '/api/incidents/:id',
    summary: 'One incident as it stands',
    role: 'viewer',
    params: incidentId,
    response: incidentView,
  },
  timeline: {
    method: 'GET',
    path: '/api/incidents/:id/timeline',
    summary: 'Its event log in plain words, oldest first',
    role: 'viewer',
    params: incidentId,
    response: z.array(timelineEntry),
  },
  output: {
    method: 'GET',
    path: '/api/incidents/:id/output',
    summary: 'What the reads and changes that run right now have written so far',
    role: 'viewer',
    params: incidentId,
    response: z.array(liveOutput),
  },
  evidence: {
    method: 'GET',
    path: '/api/incidents/:id/evidence/:evidenceId',
    summary: 'What one read returned, unchanged',
    role: 'viewer',
    params: evidenceId,
    response: evidenceDetail,
  },
  acknowledge: incident('acknowledge', 'Take the incident: pages stop moving on', requests.empty),
  note: incident('note', 'Write a note on the timeline', requests.note),
  resolve: incident('resolve', 'Close the incident; open checklist lines need a reason', requests.resolve),
  setSeverity: incident(
    'severity',
    'Override the severity; it does not fall below it again',
    requests.setSeverity,
  ),
  correctImpact: incident(
    'impact',
    'Correct when clients were harmed: the review and the status page count by it',
    requests.correctImpact,
  ),
  merge: incident(
    'merge',
    'Two incidents are one outage: this one is closed, the other goes on and is answered',
    requests.merge,
  ),
  split: incident(
    'split',
    'Part of it is another outage: a new incident, which is answered, led by people alone',
    requests.split,
  ),
  assign: incident('assign', 'Hand a role of the incident to somebody, who is paged', requests.assign),
  escalate: incident(
    'escalate',
    'Call the next level of the escalation matrix now, ahead of its time',
    requests.empty,
  ),
  callRole: incident('call', 'Call a role of the runbook: whoever fills it now is paged', requests.callRole),
  snooze: incident(
    'snooze',
    'Nobody is called for some minutes; then pages and escalation go on',
    requests.snooze,
  ),
  mitigated: incident(
    'mitigated',
    'The harm has ended, where nothing measures it: the escalation matrix stops',
    requests.mitigated,
  ),
  reviewed: incident('reviewed', 'The review of a closed incident was held', requests.reviewed),
  reopen: incident('reopen', 'It is not over: people are called as at the opening', requests.reopen),
  handsOff: incident('hands-off', 'Forbid or allow changes to the cluster', requests.handsOff),
  ask: incident(
    'ask',
    'A command that no document names: a read runs, a change is checked and offered',
    requests.ask,
  ),
  calledExternal: incident(
    'external',
    'Somebody outside was called: who did, and their ticket number',
    requests.calledExternal,
  ),
  tick: incident('checklist', 'Tick a line of the checklist', requests.tick),
  approve: {
    method: 'POST',
    path: '/api/incidents/:id/steps/:stepId/approve',
    summary: 'Say yes to one exact action on one exact target',
    role: 'approver',
    params: stepId,
    body: requests.approve,
    response: incidentView,
  },
  deny: {
    method: 'POST',
    path: '/api/incidents/:id/steps/:stepId/deny',
    summary: 'Say no to a step, with the reason',
    role: 'responder',
    params: stepId,
    body: requests.deny,
    response: incidentView,
  },
  undo: {
    method: 'POST',
    path: '/api/incidents/:id/steps/:stepId/undo',
    summary: 'Ask for the way back of a step that has run: offered as a step of its own',
    role: 'responder',
    params: stepId,
    body: requests.empty,
    response: incidentView,
  },
  cancel: {
    method: 'POST',
    path: '/api/incidents/:id/steps/:stepId/cancel',
    summary: 'Stop a step that has its turn, with all that it has started',
    role: 'responder',
    params: stepId,
    body: requests.cancel,
    response: incidentView,
  },
  overrideChecks: {
    method: 'POST',
    path: '/api/incidents/:id/steps/:stepId/override',
    summary: 'Offer a step in spite of the checks that said no; somebody else approves it',
    role: 'approver',
    params: stepId,
    body: requests.overrideChecks,
    response: incidentView,
  },
  doneByHand: {
    method: 'POST',
    path: '/api/incidents/:id/steps/:stepId/done',
    summary: 'A step that only a person can do is done',
    role: 'responder',
    params: stepId,
    body: requests.doneByHand,
    response: incidentView,
  },
  handsOffNow: {
    method: 'GET',
    path: '/api/hands-off',
    summary: 'Whether every change on every incident is stopped',
    role: 'viewer',
    response: handsOffView,
  },
  handsOffEverywhere: {
    method: 'POST',
    path: '/api/hands-off',
    summary: 'Stop every change on every incident at once, or allow them again (approver)',
    role: 'responder',
    body: requests.handsOff,
    response: handsOffView,
  },
  review: {
    method: 'GET',
    path: '/api/incidents/:id/review',
    summary: 'The review as Markdown',
    role: 'viewer',
    params: incidentId,
    response: 'text/markdown',
  },
  inbox: {
    method: 'GET',
    path: '/api/inbox',
    summary: 'Pages to the asking person, newest first',
    role: 'viewer',
    response: z.array(inboxItem),
  },
  ...onCallRoutes,
  contacts: {
    method: 'GET',
    path: '/api/contacts',
    summary: "The asking person's contact methods, and which are verified",
    role: 'viewer',
    response: z.array(contactView),
  },
  sendContactCode: {
    method: 'POST',
    path: '/api/contacts/code',
    summary: 'Send a code by one of your contact methods, to verify it',
    role: 'viewer',
    body: sendContactCode,
    response: contactView,
  },
  verifyContact: {
    method: 'POST',
    path: '/api/contacts/verify',
    summary: 'Verify a contact method by the code that it brought',
    role: 'viewer',
    body: verifyContact,
    response: contactView,
  },
  pushKey: {
    method: 'GET',
    path: '/api/push',
    summary: 'The public key that a browser subscribes with to be woken by web push',
    role: 'viewer',
    response: pushKey,
  },
  addPushDevice: {
    method: 'POST',
    path: '/api/push/devices',
    summary: "Add a browser to the asking person's contact methods",
    role: 'viewer',
    body: addPushDevice,
    response: contactView,
  },
  removePushDevice: {
    method: 'POST',
    path: '/api/push/devices/remove',
    summary: "Take a browser away from the asking person's contact methods",
    role: 'viewer',
    body: removePushDevice,
    response: z.array(contactView),
  },
  plan: {
    method: 'GET',
    path: '/api/plan',
    summary: 'The runbook in force and the plan it compiles to',
    role: 'viewer',
    response: planView,
  },
  runbook: {
    method: 'GET',
    path: '/api/runbook',
    summary: 'The version of the runbook in use, and the offered or refused one beside it',
    role: 'viewer',
    response: runbookView,
  },
  runbookVersions: {
    method: 'GET',
    path: '/api/runbook/versions',
    summary: 'Versions of the runbook, those seen last first',
    role: 'viewer',
    response: z.array(runbookVersion),
  },
  adoptRunbook: {
    method: 'POST',
    path: '/api/runbook/adopt',
    summary: 'Take the offered version of the runbook into use',
    role: 'approver',
    body: requests.adoptRunbook,
    response: runbookView,
  },
  ...updateRoutes,
  ...statusPageRoutes,
  ...alertRoutes,
  startDrill: {
    method: 'POST',
    path: '/api/drills',
    summary: 'Mark what follows as a drill',
    role: 'approver',
    body: drillStart,
    response: drillStarted,
  },
  endDrill: {
    method: 'POST',
    path: '/api/drills/:id/end',
    summary: 'End a drill',
    role: 'approver',
    params: incidentId,
    body: requests.empty,
    response: done,
  },
  stream: {
    method: 'GET',
    path: '/api/stream',
    summary: 'Live changes (server-sent events)',
    role: 'viewer',
    response: 'text/event-stream',
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
