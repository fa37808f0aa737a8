import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { type PageLanguage, type PageSnapshot, subscribeWays } from '@tocsin/contract';
import type { Config } from './config.ts';
import { bucketPlace } from './files/bucket-place.ts';
import { folderPlace } from './files/folder-place.ts';
import { keepWritten } from './files/keep-written.ts';
import { staticFiles } from './files/static-files.ts';
import { followSnapshot } from './follow/follow-snapshot.ts';
import { type HeldSnapshot, parseHeld, stalenessOf } from './follow/held-snapshot.ts';
import type { Log } from './log.ts';
import { createReportDesk } from './report/create-report-desk.ts';
import { createRateLimit } from './report/rate-limit.ts';
import { reportRoute } from './report/report-route.ts';
import { answersOf } from './serve/answers.ts';
import { createServer, type Served, type VisitorRoute } from './serve/create-server.ts';
import { siteOf } from './site.ts';
import { subscribeRoutes } from './subscribe/subscribe-routes.ts';
import { readTenantPages } from './tenant/read-tenant-page.ts';
import { tenantRoute } from './tenant/tenant-route.ts';
import { createWishes, type Wishes } from './wishes/create-wishes.ts';

export interface StatusPageOptions {
  readonly config: Config;
  /** Where the last snapshot is kept for a start without a database; null: nowhere. */
  readonly keepFile: string | null;
  readonly log: Log;
  readonly pollMs?: number;
  readonly now?: () => number;
  /** How often it is looked whether what is shown has become old. */
  readonly lookMs?: number;
}

export interface StatusPage {
  readonly url: string;
  stop(): Promise<void>;
}

/** Follows the published snapshot, serves it from memory, and writes it as static files. */
export async function startStatusPage(options: StatusPageOptions): Promise<StatusPage> {
  const { config, keepFile, log, now = Date.now, pollMs, lookMs = 10_000 } = options;
  const shown = createShown(options);
  const kept = keepFile === null ? null : readKept(keepFile);
  if (kept !== null) shown.take(kept);
  const { reports, subscribers } = takenBy(config);
  const wishes = reports || subscribers ? createWishes(config.databaseUrl, config.serviceId, log) : null;
  const tenants = readTenantPages(config, log, now);
  const server = createServer(shown.served, [
    tenantRoute(tenants, shown.snapshot),
    ...(wishes === null ? [] : visitorRoutes(options, wishes, shown.snapshot)),
  ]);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.page.listen.port, config.page.listen.host, resolve);
  });
  const follower = followSnapshot({
    ...config,
    log,
    now,
    onLook: shown.take,
    ...(pollMs === undefined ? {} : { pollMs }),
  });
  const timer = setInterval(shown.look, lookMs);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.page.listen.host}:${port}`,
    stop: async () => {
      clearInterval(timer);
      await follower.stop();
      await shown.stop();
      await wishes?.close();
      await tenants.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Three forms a visitor, sixty in all, in ten minutes: more reports of one outage tell nobody more. */
function visitorRoutes(
  { config, now = Date.now }: StatusPageOptions,
  wishes: Wishes,
  snapshot: () => PageSnapshot | null,
): readonly VisitorRoute[] {
  const { behindProxy, reports, subscribers: ways } = config.page;
  const guard = () => ({
    // The same after a restart and in a second process: a form that stands open is still ours.
    secret: createHash('sha256').update(`forms of the status page\n${config.databaseUrl}`).digest('hex'),
    limit: createRateLimit({ perVisitor: 3, forAll: 60, withinMs: 600_000 }),
    behindProxy,
    now,
  });
  const desk = createReportDesk({ ...guard(), store: wishes.report });
  return [
    ...(reports ? [reportRoute(desk, snapshot)] : []),
    ...(takenBy(config).subscribers
      ? subscribeRoutes({ ...guard(), linkLimit: createRateLimit(links), wishes, ways, snapshot })
      : []),
  ];
}

/** Links of messages that are followed: each is a row. */
const links = { perVisitor: 100, forAll: 2000, withinMs: 600_000 };

function takenBy({ page }: Config): { readonly reports: boolean; readonly subscribers: boolean } {
  return { reports: page.reports, subscribers: subscribeWays(page.subscribers).length > 0 };
}

const keepEveryMs = 60_000;
const nothing = { reports: false, subscribers: false };

/** What is shown: made anew when the snapshot is another, or when how old it is has to be said anew. */
function createShown({ config, keepFile, log, now = Date.now }: StatusPageOptions) {
  const places = config.places.map((one) =>
    keepWritten({ place: 'folder' in one ? folderPlace(one.folder) : bucketPlace(one), log }),
  );
  let held: HeldSnapshot | null = null;
  let served: Served | null = null;
  let saidMinutes: number | null = null;
  let keeping = Promise.resolve();
  let keptAt = Number.NEGATIVE_INFINITY;

  function show({ snapshot, confirmedAt }: HeldSnapshot): void {
    const stale = stalenessOf({ confirmedAt }, now());
    saidMinutes = stale?.minutes ?? null;
    const site = siteOf(snapshot, { stale, takes: takenBy(config) });
    const [first = 'en', ...others]: PageLanguage[] = snapshot.page.languages;
    const path = new URL(snapshot.page.url).pathname;
    served = {
      find: answersOf(site),
      languages: [first, ...others],
      root: path.endsWith('/') ? path : `${path}/`,
    };
    // What is said of our own database is no news for the copies elsewhere.
    if (stale === null)
      for (const place of places)
        place.write(() => staticFiles(siteOf(snapshot, { stale, takes: nothing }), first));
  }

  return {
    served: () => served,
    snapshot: () => held?.snapshot ?? null,
    take(next: HeldSnapshot): void {
      const isNew = held?.snapshot !== next.snapshot;
      held = next;
      // How old it is counts from when it was confirmed last: that is kept, too.
      if (keepFile !== null && (isNew || now() - keptAt > keepEveryMs)) {
        keptAt = now();
        keeping = keeping.then(() => keep(keepFile, next, log));
      }
      if (isNew || saidMinutes !== null) show(next);
    },
    /** Called now and then: time alone makes a page old. */
    look(): void {
      if (held === null || (stalenessOf(held, now())?.minutes ?? null) === saidMinutes) return;
      show(held);
    },
    stop: async () => {
      await keeping;
      for (const place of places) await place.stop();
    },
  };
}

function readKept(file: string): HeldSnapshot | null {
  try {
    return parseHeld(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

async function keep(file: string, held: HeldSnapshot, log: Log): Promise<void> {
  try {
    await writeFile(`${file}.tmp`, JSON.stringify(held), { mode: 0o600 });
    await rename(`${file}.tmp`, file);
  } catch (error) {
    log('warn', `${file}: the snapshot could not be kept: ${(error as Error).message}`);
  }
}
