import type { EpochMs } from '#facts';
import type { Database, Logger } from '#platform';
import { createClassify } from './classify.ts';
import { createPicture, type Picture } from './create-picture.ts';
import { type AlertStore, createStore } from './create-store.ts';
import { every } from './every.ts';
import { takeBeat } from './heartbeats/heartbeats.ts';
import type { IntakeConfig } from './intake-config.ts';
import { createJudgeAlert, type JudgedAlert } from './quiet/judge-alerts.ts';
import { type Silence } from './quiet/silence.ts';
import {
  expireSilence,
  readSilence,
  readSilences,
  setSilence,
  type SilenceDraft,
} from './quiet/silence-verbs.ts';
import { readSuppressions, recordSuppressions, type SuppressionRecord } from './quiet/suppressions.ts';
import {
  closeReport,
  closeReportsUntil,
  readReports,
  type Report,
  type ReportDraft,
  type Reporter,
  takeReport,
} from './reports/report-verbs.ts';
import { createSenders, type Senders } from './senders.ts';
import { forgetOld } from './store/keep-ends.ts';
import { readActive } from './store/read-alerts.ts';
import { type IntakeProblem, readProblems } from './store/read-problems.ts';

export interface AlertsOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly config: IntakeConfig;
  readonly log: Logger;
  /** The runbook's severity ids, the gravest first. */
  readonly severities: () => readonly string[];
  readonly now?: () => EpochMs;
}

/** Alerts of other tools, reports of people, and what keeps them quiet. All verbs throw AppError for a caller's mistake. */
export interface Alerts extends Pick<AlertStore, 'take' | 'activeCount'> {
  readonly config: IntakeConfig;
  readonly senders: Senders;
  /** For detection: what is active and not kept back, at hand without waiting. */
  readonly facts: Pick<Picture, 'alerts' | 'reports'>;
  readonly maintenance: Picture['maintenance'];
  readonly heartbeats: Picture['heartbeats'];
  /** Every active alert with what keeps it back, page by page. */
  active(): AsyncGenerator<readonly JudgedAlert[]>;
  problems(limit: number): Promise<readonly IntakeProblem[]>;
  suppressions(limit: number): Promise<readonly SuppressionRecord[]>;
  /** Puts on record that a maintenance window kept an incident from being opened. */
  heldBack(window: string, reason: string): Promise<void>;
  beat(name: string): Promise<void>;
  silences(): Promise<readonly Silence[]>;
  silence(id: string): Promise<Silence>;
  /** Answers its id: another one when the change needs a new silence. */
  setSilence(draft: SilenceDraft): Promise<string>;
  expireSilence(id: string): Promise<void>;
  report(draft: ReportDraft, reporter: Reporter): Promise<Report>;
  reports(limit: number): Promise<readonly Report[]>;
  closeReport(id: string, by: { readonly reporter: Reporter; readonly because: string }): Promise<Report>;
  /** Closes the reports up to `until`: the incident that they belong to has ended. */
  closeReports(until: EpochMs, because: string): Promise<void>;
  stop(): Promise<void>;
}

const forgetMs = 10 * 60_000;

/** Reads what is active and starts to follow it. */
export async function createAlerts(options: AlertsOptions): Promise<Alerts> {
  const { db, serviceId, config, log, now = Date.now } = options;
  const senders = createSenders(config, now);
  const late: { redraw: Picture['redraw'] } = { redraw: () => undefined };
  const store = await createStore({
    db,
    serviceId,
    config,
    classify: createClassify(config, options.severities),
    log,
    now,
    onChange: (isGrave) => late.redraw(isGrave),
  });
  const picture = await createPicture({ db, serviceId, config, log, now, store });
  late.redraw = picture.redraw;
  const stopForgetting = every(
    forgetMs,
    () => forgetOld(db, serviceId),
    (error) => log.warn({ err: error }, 'old alerts could not be removed'),
  );

  return {
    config,
    senders,
    take: store.take,
    activeCount: store.activeCount,
    facts: picture,
    maintenance: picture.maintenance,
    heartbeats: picture.heartbeats,
    active: () => activeAlerts(options, picture, store),
    problems: async (limit) => {
      await store.caughtUp();
      return readProblems(db, serviceId, limit);
    },
    suppressions: (limit) => readSuppressions(db, serviceId, limit),
    heldBack: (window, reason) =>
      recordSuppressions(db, serviceId, [
        { kind: 'maintenance', by: window, subject: 'incident', text: reason },
      ]),
    beat: async (name) => {
      await takeBeat(db, serviceId, config.heartbeats, name);
      picture.redraw();
    },
    silences: () => readSilences(db, serviceId),
    silence: (id) => readSilence(db, serviceId, id),
    setSilence: (draft) => setSilence(db, serviceId, draft),
    expireSilence: (id) => expireSilence(db, serviceId, id),
    report: (draft, reporter) => takeReport(db, serviceId, draft, reporter),
    reports: (limit) => readReports(db, serviceId, limit),
    closeReport: (id, by) => closeReport(db, serviceId, id, by),
    closeReports: (until, because) => db.transact((tx) => closeReportsUntil(tx, serviceId, until, because)),
    stop: async () => {
      await stopForgetting();
      await picture.stop();
      await store.stop();
    },
  };
}

async function* activeAlerts(
  { db, serviceId, now = Date.now }: AlertsOptions,
  picture: Picture,
  store: AlertStore,
): AsyncGenerator<readonly JudgedAlert[]> {
  await store.caughtUp();
  const judge = createJudgeAlert(await picture.rules());
  if (judge.needsSources)
    for await (const rows of readActive(db, serviceId)) for (const row of rows) judge.mayInhibit(row);
  for await (const rows of readActive(db, serviceId)) {
    const fresh = rows.map((row) => ({ ...row, endsAt: store.endOf(row.fingerprint) ?? row.endsAt }));
    yield fresh.filter((row) => Math.max(row.endsAt, row.heldUntil ?? 0) > now()).map(judge.judge);
  }
}
