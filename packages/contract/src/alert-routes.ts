import { z } from 'zod';
import { alertsView } from './alerts.ts';
import { closeReport, reportDraft, reportView } from './report.ts';
import * as requests from './requests.ts';
import { silenceDraft, silenceView } from './silence.ts';

const id = z.strictObject({ id: z.string().min(1).max(100) });

/** Routes about alerts of other tools, silences and reports of people. */
export const alertRoutes = {
  alerts: {
    method: 'GET',
    path: '/api/alerts',
    summary: 'Active alerts, what keeps them back, malformed items, windows, heartbeats and reports',
    role: 'viewer',
    response: alertsView,
  },
  listSilences: {
    method: 'GET',
    path: '/api/silences',
    summary: 'Silences, also those that ended lately',
    role: 'viewer',
    response: z.array(silenceView),
  },
  silence: {
    method: 'POST',
    path: '/api/silences',
    summary: 'Keep back alerts that match, for a while',
    role: 'responder',
    body: silenceDraft,
    response: silenceView,
  },
  expireSilence: {
    method: 'POST',
    path: '/api/silences/:id/expire',
    summary: 'End a silence now',
    role: 'responder',
    params: id,
    body: requests.empty,
    response: silenceView,
  },
  report: {
    method: 'POST',
    path: '/api/reports',
    summary: 'Say what is wrong with the service; several reports of one thing become one with a count',
    role: 'responder',
    body: reportDraft,
    response: reportView,
  },
  closeReport: {
    method: 'POST',
    path: '/api/reports/:id/close',
    summary: 'Close a report, with the reason',
    role: 'responder',
    params: id,
    body: closeReport,
    response: reportView,
  },
} as const;
