import type { JudgedAlert, Silence } from '#alerts';
import { silenceState } from '#alerts';

const receiver = { name: 'tocsin' };
export const receivers = [receiver];

const iso = (at: number): string => new Date(at).toISOString();

/** An alert as Alertmanager's v2 API gives it (`gettableAlert`). */
export function gettableAlert({ row, suppressedBy }: JudgedAlert) {
  const by = (kind: string): string[] => suppressedBy.filter((one) => one.kind === kind).map((one) => one.by);
  const silencedBy = by('silence');
  const inhibitedBy = by('inhibition');
  const mutedBy = by('maintenance');
  const active = silencedBy.length + inhibitedBy.length + mutedBy.length === 0;
  return {
    annotations: row.annotations,
    endsAt: iso(row.endsAt),
    fingerprint: row.fingerprint,
    receivers,
    startsAt: iso(row.startsAt),
    status: { inhibitedBy, silencedBy, mutedBy, state: active ? 'active' : 'suppressed' },
    updatedAt: iso(row.receivedAt),
    generatorURL: row.generatorUrl,
    labels: row.labels,
  };
}

export type GettableAlert = ReturnType<typeof gettableAlert>;

/** A silence as Alertmanager's v2 API gives it (`gettableSilence`). */
export function gettableSilence(silence: Silence, at: number) {
  return {
    id: silence.id,
    status: { state: silenceState(silence, at) },
    updatedAt: iso(silence.updatedAt),
    comment: silence.comment,
    createdBy: silence.createdBy,
    endsAt: iso(silence.endsAt),
    matchers: silence.matchers,
    startsAt: iso(silence.startsAt),
  };
}

/** Alerts by name, as the one receiver would get them. */
export function alertGroups(alerts: readonly GettableAlert[]) {
  const groups = Map.groupBy(alerts, (one) => one.labels['alertname'] ?? '');
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([alertname, members]) => ({ labels: { alertname }, receiver, alerts: members }));
}

/** What `amtool config show` prints: there is one receiver, and what pages whom is in the runbook. */
const configText = 'route:\n  receiver: tocsin\nreceivers:\n  - name: tocsin\n';

/** Status by Alertmanager's v2 API; replicas share a database, there is no gossip. */
export function alertmanagerStatus(version: string, startedAt: number) {
  return {
    cluster: { status: 'disabled', peers: [] },
    config: { original: configText },
    uptime: iso(startedAt),
    versionInfo: {
      branch: 'tocsin',
      buildDate: '',
      buildUser: '',
      goVersion: '',
      revision: '',
      version,
    },
  };
}
