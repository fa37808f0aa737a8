import { setTimeout as pause } from 'node:timers/promises';
import type { AlertFact, EpochMs, ReportFact } from '#facts';
import { type Database, type Logger, Nap } from '#platform';
import { noRank } from './classify.ts';
import type { AlertStore } from './create-store.ts';
import { heartbeatAlerts, heartbeatsAt, type HeartbeatView, readBeats } from './heartbeats/heartbeats.ts';
import type { IntakeConfig } from './intake-config.ts';
import {
  createJudgeAlert,
  type JudgedAlert,
  type QuietRules,
  type Suppression,
} from './quiet/judge-alerts.ts';
import { type Maintenance, maintenanceAt } from './quiet/maintenance.ts';
import { readSilences } from './quiet/silence-verbs.ts';
import { recordSuppressions } from './quiet/suppressions.ts';
import { readOpenReports } from './reports/report-verbs.ts';
import type { AlertRow } from './store/alert-row.ts';
import { readActive, readGravest } from './store/read-alerts.ts';

export interface PictureOptions {
  readonly db: Database;
  readonly serviceId: string;
  readonly config: IntakeConfig;
  readonly log: Logger;
  readonly now: () => EpochMs;
  readonly store: Pick<AlertStore, 'endOf' | 'unapplied'>;
}

/** What alerts, reports and heartbeats say now, kept at hand so that detection need not wait for it. */
export interface Picture {
  alerts(): readonly AlertFact[];
  reports(): readonly ReportFact[];
  maintenance(): readonly Maintenance[];
  heartbeats(): readonly HeartbeatView[];
  rules(): Promise<QuietRules>;
  /** Something has changed: it is drawn again soon; a grave alert does not wait until drawing has rested. */
  redraw(isGrave?: boolean): void;
  stop(): Promise<void>;
}

/** Of more active alerts than this, the gravest and newest are judged for facts; the API judges every one. */
const judgedAtMost = 2000;
const judgedAtFirst = 250;
const shownToDetection = 100;
const shortestRestMs = 50;
const anywayMs = 2000;
/** Drawing takes at most a tenth of the time, however much is coming in. */
const restFactor = 9;
const longestRestMs = 500;
/** Kinds that somebody decided on: their effect is put on record. */
const recorded: ReadonlySet<string> = new Set(['silence', 'inhibition', 'maintenance']);

interface Drawn {
  readonly alerts: readonly JudgedAlert[];
  readonly reports: readonly ReportFact[];
  readonly beats: ReadonlyMap<string, EpochMs>;
  /** What people have set to keep such labels back. */
  readonly keptQuiet: (labels: AlertFact['labels']) => readonly Suppression[];
}

/** Draws the picture, and again after every change and every two seconds. */
export async function createPicture(options: PictureOptions): Promise<Picture> {
  const { db, config, log, now } = options;
  const since = now();
  let drawn: Drawn = { alerts: [], reports: [], beats: new Map(), keptQuiet: () => [] };
  const heartbeats = (): readonly HeartbeatView[] =>
    heartbeatsAt(config.heartbeats, drawn.beats, since, now());
  const heartbeatsNow = (): readonly AlertFact[] => heartbeatAlerts(heartbeats());
  const suppressedBeat = ({ fingerprint, name, labels }: AlertFact): Suppressed => ({
    subject: fingerprint,
    text: name,
    suppressedBy: drawn.keptQuiet(labels),
  });
  const drawing = await startDrawing(log, async () => {
    drawn = await drawNow(options);
    await record(options, [...drawn.alerts.map(suppressedAlert), ...heartbeatsNow().map(suppressedBeat)]);
  });
  const unlisten = await Promise.all(
    ['silences', 'reports'].map((channel) => db.listen(channel, () => drawing.again())),
  );
  const isActive = ({ row, flapping }: JudgedAlert): boolean =>
    flapping || (options.store.endOf(row.fingerprint) ?? row.endsAt) > now();
  return {
    alerts: () => [
      ...heartbeatsNow().filter(({ labels }) => drawn.keptQuiet(labels).length === 0),
      ...drawn.alerts
        .filter((one) => one.suppressedBy.length === 0 && isActive(one))
        .slice(0, shownToDetection)
        .map(factOf),
    ],
    reports: () => drawn.reports,
    maintenance: () => maintenanceAt(config.maintenance, now()),
    heartbeats,
    rules: () => readRules(options),
    redraw: drawing.again,
    stop: async () => {
      await drawing.stop();
      for (const end of unlisten) end();
    },
  };
}

/** Draws now, again soon when asked to, and anyway every two seconds. Resolves after the first time, and rejects when that fails. */
async function startDrawing(log: Logger, draw: () => Promise<void>) {
  const nap = new Nap();
  const rest = new Nap();
  const stopping = new AbortController();
  const again = (isUrgent = false): void => {
    if (isUrgent) rest.wake();
    nap.wake();
  };

  /** Answers how long to rest, milliseconds. */
  async function drawAndRest(): Promise<number> {
    nap.takeWish();
    rest.takeWish();
    const began = performance.now();
    await draw();
    return Math.min((performance.now() - began) * restFactor, longestRestMs);
  }

  async function drawOn(): Promise<void> {
    while (!stopping.signal.aborted) {
      await nap.sleep(anywayMs);
      const restMs = await drawAndRest().catch((error: unknown) => {
        nap.wake();
        log.warn({ err: error }, 'alerts could not be read; what was known before stands');
        return longestRestMs;
      });
      await pause(shortestRestMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      await rest.sleep(restMs - shortestRestMs);
    }
  }

  await drawAndRest();
  const drawing = drawOn();
  return {
    again,
    stop: async () => {
      stopping.abort();
      again(true);
      await drawing;
    },
  };
}

async function readRules({ db, serviceId, config, now }: PictureOptions): Promise<QuietRules> {
  const silences = await readSilences(db, serviceId);
  const at = now();
  return { at, silences, maintenance: maintenanceAt(config.maintenance, at), config };
}

async function drawNow(options: PictureOptions): Promise<Drawn> {
  const { db, serviceId, store } = options;
  const judge = createJudgeAlert(await readRules(options));
  // Before the rows: what is applied meanwhile is among them.
  const unapplied = store.unapplied();
  if (judge.needsSources)
    for await (const rows of readActive(db, serviceId)) for (const row of rows) judge.mayInhibit(row);
  for (const row of unapplied) judge.mayInhibit(row);
  return {
    alerts: await judgeGravest(options, unapplied, judge.judge),
    reports: await readOpenReports(db, serviceId),
    beats: await readBeats(db, serviceId),
    keptQuiet: judge.keptQuiet,
  };
}

/** Looks further only where too many of the gravest are kept back. */
async function judgeGravest(
  { db, serviceId }: PictureOptions,
  unapplied: readonly AlertRow[],
  judge: (row: AlertRow) => JudgedAlert,
): Promise<readonly JudgedAlert[]> {
  const gravest = async (limit: number): Promise<readonly JudgedAlert[]> =>
    gravestOf(await readGravest(db, serviceId, limit), unapplied).map(judge);
  const first = await gravest(judgedAtFirst);
  const counting = first.filter((one) => one.suppressedBy.length === 0).length;
  // Behind an alert without a severity come only such: they start nothing.
  const isRest = first.length < judgedAtFirst || first.at(-1)?.row.rank === noRank;
  if (isRest || counting >= shownToDetection) return first;
  return gravest(judgedAtMost);
}

/** The gravest first, then the newest; what is not applied yet is the later word. */
function gravestOf(rows: readonly AlertRow[], unapplied: readonly AlertRow[]): readonly AlertRow[] {
  if (unapplied.length === 0) return rows;
  const later = new Set(unapplied.map((row) => row.fingerprint));
  return [...unapplied, ...rows.filter((row) => !later.has(row.fingerprint))].toSorted(
    (a, b) => a.rank - b.rank || b.startsAt - a.startsAt,
  );
}

/** An alert, by its fingerprint and name, and what keeps it back. */
interface Suppressed {
  readonly subject: string;
  readonly text: string;
  readonly suppressedBy: readonly Suppression[];
}

function suppressedAlert({ row, suppressedBy }: JudgedAlert): Suppressed {
  return { subject: row.fingerprint, text: row.name, suppressedBy };
}

async function record({ db, serviceId }: PictureOptions, alerts: readonly Suppressed[]): Promise<void> {
  const records = alerts.flatMap(({ subject, text, suppressedBy }) =>
    suppressedBy
      .filter(({ kind }) => recorded.has(kind))
      .map(({ kind, by }) => ({ kind, by, subject, text })),
  );
  if (records.length > 0) await recordSuppressions(db, serviceId, records);
}

function factOf({ row }: JudgedAlert): AlertFact {
  const { fingerprint, name, source, severity, flag, labels, annotations, startsAt, receivedAt } = row;
  const summary = annotations['summary'] ?? annotations['description'] ?? annotations['message'] ?? name;
  return { fingerprint, name, source, severity, flag, labels, summary, startsAt, receivedAt };
}
