import type { AlertFact, EpochMs, ReportFact } from '#facts';
import type { Database, Logger } from '#platform';
import type { AlertStore } from './create-store.ts';
import { every } from './every.ts';
import { heartbeatAlerts, heartbeatsAt, type HeartbeatView, readBeats } from './heartbeats/heartbeats.ts';
import type { IntakeConfig } from './intake-config.ts';
import { createJudgeAlert, type JudgedAlert, type QuietRules } from './quiet/judge-alerts.ts';
import { type Maintenance, maintenanceAt } from './quiet/maintenance.ts';
import { readSilences } from './quiet/silence-verbs.ts';
import { recordSuppressions } from './quiet/suppressions.ts';
import { readOpenReports } from './reports/report-verbs.ts';
import { readActive, readGravest } from './store/read-alerts.ts';

export interface PictureOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly config: IntakeConfig;
  readonly log: Logger;
  readonly now: () => EpochMs;
  readonly endOf: AlertStore['endOf'];
}

/** What alerts, reports and heartbeats say now, kept at hand so that detection need not wait for it. */
export interface Picture {
  alerts(): readonly AlertFact[];
  reports(): readonly ReportFact[];
  maintenance(): readonly Maintenance[];
  heartbeats(): readonly HeartbeatView[];
  rules(): Promise<QuietRules>;
  /** Something has changed: it is drawn again soon. */
  redraw(): void;
  stop(): Promise<void>;
}

/** Of more active alerts than this, the gravest and newest are judged for facts; the API judges every one. */
const judged = 2000;
const shownToDetection = 200;
const redrawMs = 50;
const anywayMs = 2000;
/** Kinds that somebody decided on: their effect is put on record. */
const recorded: ReadonlySet<string> = new Set(['silence', 'inhibition', 'maintenance']);

/** Draws the picture, and again after every change and every two seconds. */
export async function createPicture(options: PictureOptions): Promise<Picture> {
  const { db, serviceId, config, log, now } = options;
  const since = now();
  let drawn: { alerts: readonly JudgedAlert[]; reports: readonly ReportFact[] } = { alerts: [], reports: [] };
  let beats: ReadonlyMap<string, EpochMs> = new Map();
  let wanted = true;
  let drawnAt = Number.NEGATIVE_INFINITY;

  const maintenance = (): readonly Maintenance[] => maintenanceAt(config.maintenance, now());
  const rules = async (): Promise<QuietRules> => ({
    at: now(),
    silences: await readSilences(db, serviceId),
    maintenance: maintenance(),
    config,
  });

  async function draw(): Promise<void> {
    if (!wanted && now() - drawnAt < anywayMs) return;
    wanted = false;
    drawnAt = now();
    const judge = createJudgeAlert(await rules());
    if (judge.needsSources)
      for await (const rows of readActive(db, serviceId)) for (const row of rows) judge.mayInhibit(row);
    const alerts = (await readGravest(db, serviceId, judged)).map(judge.judge);
    beats = await readBeats(db, serviceId);
    drawn = { alerts, reports: await readOpenReports(db, serviceId) };
    await record(alerts);
  }

  async function record(alerts: readonly JudgedAlert[]): Promise<void> {
    const records = alerts.flatMap(({ row, suppressedBy }) =>
      suppressedBy
        .filter(({ kind }) => recorded.has(kind))
        .map(({ kind, by }) => ({ kind, by, subject: row.fingerprint, text: row.name })),
    );
    if (records.length > 0) await recordSuppressions(db, serviceId, records);
  }

  const redraw = (): void => {
    wanted = true;
  };
  const unlisten = await Promise.all([db.listen('silences', redraw), db.listen('reports', redraw)]);
  await draw();
  const stopDrawing = every(redrawMs, draw, (error) => {
    wanted = true;
    drawnAt = now();
    log.warn({ err: error }, 'alerts could not be read; what was known before stands');
  });
  const heartbeats = (): readonly HeartbeatView[] => heartbeatsAt(config.heartbeats, beats, since, now());
  const isActive = ({ row, flapping }: JudgedAlert): boolean =>
    flapping || (options.endOf(row.fingerprint) ?? row.endsAt) > now();
  return {
    alerts: () => [
      ...heartbeatAlerts(heartbeats()),
      ...drawn.alerts
        .filter((one) => one.suppressedBy.length === 0 && isActive(one))
        .slice(0, shownToDetection)
        .map(factOf),
    ],
    reports: () => drawn.reports,
    maintenance,
    heartbeats,
    rules,
    redraw,
    stop: async () => {
      await stopDrawing();
      for (const end of unlisten) end();
    },
  };
}

function factOf({ row }: JudgedAlert): AlertFact {
  const { fingerprint, name, source, severity, flag, labels, annotations, startsAt, receivedAt } = row;
  const summary = annotations['summary'] ?? annotations['description'] ?? annotations['message'] ?? name;
  return { fingerprint, name, source, severity, flag, labels, summary, startsAt, receivedAt };
}
