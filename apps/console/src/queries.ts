import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { DraftQuery, PreviewUpdate } from '@tocsin/contract';
import { client } from './client.ts';

/** Alerts come by the thousand: they are asked for while their page is open, not streamed. */
const alertsEveryMs = 5000;

/** What runs right now moves on by itself, and is asked for only while something runs. */
const outputEveryMs = 1000;

/** How far an update has come at its targets is not told by the stream. */
const updatesEveryMs = 10_000;

/** Every read of the console, under the key that the live stream refreshes. */
export const queries = {
  me: queryOptions({ queryKey: ['me'], queryFn: () => client.me() }),
  status: queryOptions({ queryKey: ['status'], queryFn: () => client.status() }),
  incidents: queryOptions({ queryKey: ['incidents'], queryFn: () => client.listIncidents('all') }),
  onCall: queryOptions({ queryKey: ['on-call'], queryFn: () => client.onCallNow(), refetchInterval: 60_000 }),
  onCallSchedule: queryOptions({
    queryKey: ['on-call', 'schedule'],
    queryFn: () => client.onCallSchedule(),
    refetchInterval: 60_000,
  }),
  readiness: queryOptions({
    queryKey: ['on-call', 'readiness'],
    queryFn: () => client.readiness(),
    // Each look may ask providers.
    refetchInterval: 5 * 60_000,
  }),
  alerts: queryOptions({
    queryKey: ['alerts'],
    queryFn: () => client.alerts(),
    refetchInterval: alertsEveryMs,
  }),
  silences: queryOptions({ queryKey: ['alerts', 'silences'], queryFn: () => client.silences() }),
  pushKey: queryOptions({ queryKey: ['push-key'], queryFn: () => client.pushKey() }),
  contacts: queryOptions({ queryKey: ['contacts'], queryFn: () => client.contacts() }),
  inbox: queryOptions({ queryKey: ['inbox'], queryFn: () => client.inbox() }),
  runbook: queryOptions({ queryKey: ['runbook'], queryFn: () => client.runbook() }),
  runbookVersions: queryOptions({
    queryKey: ['runbook', 'versions'],
    queryFn: () => client.runbookVersions(),
  }),
  incident: (id: string) =>
    queryOptions({ queryKey: ['incident', id], queryFn: () => client.getIncident(id) }),
  updates: (id: string) =>
    queryOptions({
      queryKey: ['updates', id],
      queryFn: () => client.updates(id),
      refetchInterval: updatesEveryMs,
    }),
  updateDraft: (id: string, query: DraftQuery) =>
    queryOptions({
      queryKey: ['update-draft', id, query],
      queryFn: () => client.updateDraft(id, query),
      staleTime: 0,
      gcTime: 0,
      refetchOnWindowFocus: false,
    }),
  updatePreview: (id: string, text: PreviewUpdate) =>
    queryOptions({
      queryKey: ['update-preview', id, text],
      queryFn: () => client.previewUpdate(id, text),
      enabled: text.body.trim() !== '',
      // What was shown stays until the next is there: nothing flickers while somebody types.
      placeholderData: keepPreviousData,
      gcTime: 0,
      refetchOnWindowFocus: false,
    }),
  timeline: (id: string) => queryOptions({ queryKey: ['timeline', id], queryFn: () => client.timeline(id) }),
  review: (id: string) =>
    queryOptions({ queryKey: ['review', id], queryFn: () => client.review(id), staleTime: 0 }),
  output: (id: string) =>
    queryOptions({
      queryKey: ['output', id],
      queryFn: () => client.output(id),
      refetchInterval: outputEveryMs,
    }),
  evidence: (id: string, evidenceId: string) =>
    queryOptions({
      queryKey: ['evidence', id, evidenceId],
      queryFn: () => client.evidence(id, evidenceId),
      staleTime: Infinity,
    }),
};
