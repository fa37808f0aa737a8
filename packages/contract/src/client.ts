import type { AlertsView } from './alerts.ts';
import type { ContactView } from './contact-view.ts';
import type { AddPushDevice, PushKey } from './push.ts';
import type { DrillStart, DrillStarted } from './drill.ts';
import type { EvidenceDetail, LiveOutputView } from './evidence.ts';
import type { HandsOffView } from './hands-off.ts';
import type { InboxItem } from './inbox.ts';
import type { IncidentListItem, IncidentView } from './incident.ts';
import type { LoginLink } from './login-link.ts';
import { onCallCalls } from './on-call-calls.ts';
import type { Me } from './person.ts';
import type { PlanView } from './plan-view.ts';
import type {
  Assign,
  CorrectImpact,
  Declare,
  IncidentState,
  Resolve,
  Reviewed,
  SetSeverity,
  Split,
} from './requests.ts';
import type { ReportDraft, ReportView } from './report.ts';
import type { RunbookVersionView, RunbookView } from './runbook.ts';
import type { SilenceDraft, SilenceView } from './silence.ts';
import type { StatusView } from './status.ts';
import type { MakeTenantLink, TenantLinkView } from './tenant-page.ts';
import type { TimelineEntry } from './timeline.ts';
import { type ClientOptions, send } from './transport.ts';
import type {
  DraftQuery,
  PostUpdate,
  PreviewUpdate,
  UpdateDraftView,
  UpdatePreviewView,
  UpdatesView,
} from './updates.ts';
import { watchStream, type WatchOptions } from './watch.ts';

/** The typed client of the responder's API: one method a route. All throw ProblemError or UnreachableError. */
export type Client = ReturnType<typeof createClient>;

export function createClient(options: ClientOptions) {
  const get = async <T>(path: string): Promise<T> =>
    (await (await send(options, { method: 'GET', path })).json()) as T;
  const post = async <T>(path: string, body: unknown = {}): Promise<T> =>
    (await (await send(options, { method: 'POST', path, body })).json()) as T;
  return {
    login: (token: string) => post<Me>('/api/login', { token }),
    logout: () => post<{ ok: true }>('/api/logout'),
    createLoginLink: () => post<LoginLink>('/api/login-links'),
    me: () => get<Me>('/api/me'),
    status: () => get<StatusView>('/api/status'),
    handsOffNow: () => get<HandsOffView>('/api/hands-off'),
    handsOffEverywhere: (on: boolean, reason: string) => post<HandsOffView>('/api/hands-off', { on, reason }),
    inbox: () => get<InboxItem[]>('/api/inbox'),
    contacts: () => get<ContactView[]>('/api/contacts'),
    sendContactCode: (contact: string) => post<ContactView>('/api/contacts/code', { contact }),
    pushKey: () => get<PushKey>('/api/push'),
    addPushDevice: (body: AddPushDevice) => post<ContactView>('/api/push/devices', body),
    removePushDevice: (contact: string) => post<ContactView[]>('/api/push/devices/remove', { contact }),
    verifyContact: (contact: string, code: string) =>
      post<ContactView>('/api/contacts/verify', { contact, code }),
    plan: () => get<PlanView>('/api/plan'),
    runbook: () => get<RunbookView>('/api/runbook'),
    runbookVersions: () => get<RunbookVersionView[]>('/api/runbook/versions'),
    /** `hash` is the offered version's: another one that was offered since is not taken. */
    adoptRunbook: (hash: string) => post<RunbookView>('/api/runbook/adopt', { hash }),
    ...alertCalls(get, post),
    ...onCallCalls(options, get, post),
    startDrill: (drill: DrillStart) => post<DrillStarted>('/api/drills', drill),
    endDrill: (id: string) => post<{ ok: true }>(`/api/drills/${encodeURIComponent(id)}/end`),
    ...incidentCalls(options, get, post),
    ...updateCalls(get, post),
    /** Follows live changes until `signal` aborts; reconnects and resumes by itself. */
    watch: (watch: WatchOptions) =>
      watchStream(async (lastEventId, signal) => {
        const response = await send(options, {
          method: 'GET',
          path: '/api/stream',
          accept: 'text/event-stream',
          signal,
          ...(lastEventId === null ? {} : { headers: { 'last-event-id': lastEventId } }),
        });
        return response.body ?? new ReadableStream();
      }, watch),
  };
}

type Get = <T>(path: string) => Promise<T>;
type Post = <T>(path: string, body?: unknown) => Promise<T>;

const at = (id: string, rest = '') => `/api/incidents/${encodeURIComponent(id)}${rest}`;
const step = (id: string, stepId: string, verb: string) =>
  at(id, `/steps/${encodeURIComponent(stepId)}/${verb}`);

function alertCalls(get: Get, post: Post) {
  return {
    alerts: () => get<AlertsView>('/api/alerts'),
    silences: () => get<SilenceView[]>('/api/silences'),
    silence: (body: SilenceDraft) => post<SilenceView>('/api/silences', body),
    expireSilence: (id: string) => post<SilenceView>(`/api/silences/${encodeURIComponent(id)}/expire`),
    report: (body: ReportDraft) => post<ReportView>('/api/reports', body),
    closeReport: (id: string, because: string) =>
      post<ReportView>(`/api/reports/${encodeURIComponent(id)}/close`, { because }),
  };
}

function updateCalls(get: Get, post: Post) {
  return {
    updates: (id: string) => get<UpdatesView>(at(id, '/updates')),
    updateDraft: (id: string, query: DraftQuery) =>
      get<UpdateDraftView>(at(id, `/updates/draft?${new URLSearchParams(query).toString()}`)),
    previewUpdate: (id: string, body: PreviewUpdate) =>
      post<UpdatePreviewView>(at(id, '/updates/preview'), body),
    makeTenantLink: (body: MakeTenantLink) => post<TenantLinkView>('/api/status-page/tenant-links', body),
    endTenantLinks: (tenant: string) =>
      post<{ ok: boolean }>('/api/status-page/tenant-links/end', { tenant }),
    postUpdate: (id: string, body: PostUpdate) => post<IncidentView>(at(id, '/updates'), body),
  };
}

function incidentCalls(options: ClientOptions, get: Get, post: Post) {
  return {
    listIncidents: (state: IncidentState = 'all') => get<IncidentListItem[]>(`/api/incidents?state=${state}`),
    declareIncident: (body: Declare) => post<IncidentView>('/api/incidents', body),
    getIncident: (id: string) => get<IncidentView>(at(id)),
    timeline: (id: string) => get<TimelineEntry[]>(at(id, '/timeline')),
    /** What runs right now, as far as it has come. */
    output: (id: string) => get<LiveOutputView[]>(at(id, '/output')),
    evidence: (id: string, evidenceId: string) =>
      get<EvidenceDetail>(at(id, `/evidence/${encodeURIComponent(evidenceId)}`)),
    acknowledge: (id: string) => post<IncidentView>(at(id, '/acknowledge')),
    note: (id: string, text: string) => post<IncidentView>(at(id, '/note'), { text }),
    resolve: (id: string, body: Resolve = {}) => post<IncidentView>(at(id, '/resolve'), body),
    setSeverity: (id: string, body: SetSeverity) => post<IncidentView>(at(id, '/severity'), body),
    correctImpact: (id: string, body: CorrectImpact) => post<IncidentView>(at(id, '/impact'), body),
    /** Answers the incident `into`, which goes on for both. */
    merge: (id: string, into: string, reason: string) =>
      post<IncidentView>(at(id, '/merge'), { into, reason }),
    /** Answers the new incident. */
    assign: (id: string, body: Assign) => post<IncidentView>(at(id, '/assign'), body),
    escalate: (id: string) => post<IncidentView>(at(id, '/escalate')),
    callRole: (id: string, role: string, reason: string) =>
      post<IncidentView>(at(id, '/call'), { role, reason }),
    snooze: (id: string, minutes: number, reason: string) =>
      post<IncidentView>(at(id, '/snooze'), { minutes, reason }),
    mitigated: (id: string, reason: string) => post<IncidentView>(at(id, '/mitigated'), { reason }),
    reviewed: (id: string, body: Reviewed = {}) => post<IncidentView>(at(id, '/reviewed'), body),
    reopen: (id: string, reason: string) => post<IncidentView>(at(id, '/reopen'), { reason }),
    split: (id: string, body: Split) => post<IncidentView>(at(id, '/split'), body),
    handsOff: (id: string, on: boolean, reason: string) =>
      post<IncidentView>(at(id, '/hands-off'), { on, reason }),
    tick: (id: string, text: string, because: string) =>
      post<IncidentView>(at(id, '/checklist'), { text, because }),
    /** `call` as the incident lists it. */
    calledExternal: (id: string, call: string, note: string) =>
      post<IncidentView>(at(id, '/external'), { call, note }),
    /** `bindingHash` is the step's: the approval holds for exactly what was shown. */
    approve: (id: string, stepId: string, bindingHash: string) =>
      post<IncidentView>(step(id, stepId, 'approve'), { bindingHash }),
    /** Asks for the way back of a step that has run. */
    undo: (id: string, stepId: string) => post<IncidentView>(step(id, stepId, 'undo')),
    /** Offers a step in spite of the checks that said no. */
    overrideChecks: (id: string, stepId: string, reason: string) =>
      post<IncidentView>(step(id, stepId, 'override'), { reason }),
    doneByHand: (id: string, stepId: string, note: string) =>
      post<IncidentView>(step(id, stepId, 'done'), { note }),
    /** A command that no document names, through the same gate. */
    ask: (id: string, command: string, reason: string) =>
      post<IncidentView>(at(id, '/ask'), { command, reason }),
    cancel: (id: string, stepId: string, reason: string) =>
      post<IncidentView>(step(id, stepId, 'cancel'), { reason }),
    deny: (id: string, stepId: string, reason: string) =>
      post<IncidentView>(step(id, stepId, 'deny'), { reason }),
    review: async (id: string) =>
      (await send(options, { method: 'GET', path: at(id, '/review'), accept: 'text/markdown' })).text(),
  };
}
