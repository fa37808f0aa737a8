import { isDeepStrictEqual } from 'node:util';
import { foldEvents, type Incident, type IncidentEvent } from '../../src/incidents/index.ts';
import type { Database } from '../../src/platform/index.ts';
import { createPagingCore } from '../paging-core.ts';
import type { ReceivedMail } from '../mail-server.ts';
import type { Ground } from './life-process.ts';

/** What is left of a death. */
export interface Remains {
  readonly pages: number;
  /** Mails that came again, marked. */
  readonly repeats: number;
  /** Pages of which no mail has come. */
  readonly lost: number;
  /** What must never be, in words; a lost page is one of them. */
  readonly broken: readonly string[];
}

/** A message by mail. `summary_id`: the page went out in that summary. */
interface MailRow extends Record<string, unknown> {
  readonly id: string;
  readonly kind: string;
  readonly page_id: string;
  readonly state: string;
  readonly summary_id: string | null;
  readonly incident_id: string;
}

interface Told {
  readonly incident: Incident;
  readonly events: readonly IncidentEvent[];
}

/** Mails that arrived although no row says so: these, and no others, come again. */
export async function takenButNotCommitted({ db, mail }: Ground): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ id: string }>(
    `select id from messages where channel = 'email' and state in ('queued', 'sending')`,
  );
  const unsent = new Set(rows.map(({ id }) => id));
  return new Set(mail.received.map(({ id }) => id).filter((id) => unsent.has(id)));
}

/** Looks at everything that the service's incident promises, once all that is due has been done. */
export async function findBroken(
  { db, mail }: Ground,
  service: string,
  inDoubt: ReadonlySet<string>,
): Promise<Remains> {
  const told = await toldOf({ db, mail }, service);
  const { rows } = await db.query<MailRow>(
    `select id, kind, page_id, state, summary_id, incident_id from messages where channel = 'email'`,
  );
  const pages = rows.filter((row) => row.kind === 'page');
  const arrived = Map.groupBy(mail.received, (one) => one.id);
  const lost = pages.filter((row) => !arrived.has(row.summary_id ?? row.id));
  const known = new Set([...rows.map((row) => row.id), ...(await noticesByMail(db))]);
  const strangers = [...arrived.keys()].filter((id) => !known.has(id));
  // On a machine that stands still a server can answer too late: the attempt's end is not known, and the incident has been told so.
  const tooLate = (row: MailRow): number =>
    told
      .flatMap(({ events }) => events)
      .filter(({ body }) => body.type === 'page-failed' && body.pageId === row.page_id).length;
  const copies = rows
    .filter((row) => row.summary_id === null)
    .map((row) => {
      const wanted = inDoubt.has(row.id) ? 2 : 1;
      return { mails: arrived.get(row.id) ?? [], least: wanted, most: wanted + tooLate(row) };
    });
  return {
    pages: pages.length,
    repeats: copies.reduce((sum, { mails }) => sum + Math.max(0, mails.length - 1), 0),
    lost: lost.length,
    broken: [
      ...lost.map(({ id }) => `${id}: lost`),
      ...rows
        .filter(({ state }) => state !== 'sent')
        .map(({ id, state }) => `${id}: ${state}, expected sent`),
      ...strangers.map((id) => `${id}: came, and no row knows it`),
      ...copies.flatMap(brokenBy),
      ...told.flatMap(({ incident, events }) => [
        ...brokenPages(
          incident,
          pages.filter((row) => row.incident_id === incident.id),
        ),
        ...(isDeepStrictEqual(foldEvents(events), incident)
          ? []
          : [`${incident.id}: the log does not fold to the row`]),
      ]),
      ...brokenHalves(told.flatMap(({ events }) => events)),
    ],
  };
}

/** What informs about an incident and pages nobody. */
async function noticesByMail(db: Database): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(`select id from notices where channel = 'email'`);
  return rows.map(({ id }) => id);
}

function brokenBy(copies: {
  readonly mails: readonly ReceivedMail[];
  readonly least: number;
  readonly most: number;
}): string[] {
  const { mails, least, most } = copies;
  const [first, ...repeats] = mails;
  if (first === undefined) return [];
  return [
    ...(mails.length >= least && mails.length <= most
      ? []
      : [`${first.id}: came ${mails.length} times, expected ${least}`]),
    ...(repeats.every((one) => one.mayBeRepeat) ? [] : [`${first.id}: came again unmarked`]),
  ];
}

function brokenPages(incident: Incident, rows: readonly MailRow[]): string[] {
  const { id, pages } = incident;
  const undelivered = pages.filter((page) => page.state !== 'delivered');
  return [
    ...(pages.length > 0 ? [] : [`${id}: nobody was paged`]),
    ...(pages.length === rows.length ? [] : [`${id}: ${pages.length} pages, ${rows.length} of them by mail`]),
    ...undelivered.map((page) => `${page.id}: ${page.state}, expected delivered`),
  ];
}

/** What concerns two incidents is on both, or on neither. */
function brokenHalves(events: readonly IncidentEvent[]): string[] {
  const said = (type: IncidentEvent['body']['type']): number =>
    events.filter(({ body }) => body.type === type).length;
  const splitFrom = events.filter(({ body }) => body.type === 'opened' && body.splitFrom !== undefined);
  return [
    ...(said('split-off') === splitFrom.length ? [] : ['split off on one side alone']),
    ...(said('merged-into') === said('took-over') ? [] : ['merged on one side alone']),
  ];
}

/** The service's incident, and what was split off from it. */
async function toldOf({ db, mail }: Ground, service: string): Promise<readonly Told[]> {
  const { incidents } = createPagingCore(db, mail.url);
  const { rows } = await db.query<{ snapshot: Incident }>(
    'select snapshot from incidents where service_id = $1',
    [service],
  );
  const own = rows.filter(({ snapshot }) => snapshot.splitFrom === null);
  if (own.length !== 1) throw new Error(`${service}: ${own.length} incidents; expected one`);
  return Promise.all(
    rows.map(async ({ snapshot }) => ({
      incident: snapshot,
      events: await incidents.events(snapshot.id),
    })),
  );
}
