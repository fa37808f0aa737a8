import { isDeepStrictEqual } from 'node:util';
import { firstBrokenLink, foldEvents, type Incident } from '../../src/incidents/index.ts';
import { severityRank } from '../../src/incidents/core/rules/severity-rank.ts';
import { personCalled } from '../people.ts';
import { promise } from './broken.ts';
import { checkLog, isAnswered, wasClosed } from './check-log.ts';
import { readLogs, type Told } from './read-log.ts';
import type { World } from './world.ts';

/** What holds after every single thing that happens. */
export function checkNow(world: World): void {
  const { rows } = world.store.query(
    `select service_id from incidents where status in ('open', 'mitigated', 'verified') and not detached`,
  );
  promise('one-incident-a-service', rows.length <= 1, () => `${rows.length} are followed`);
  for (const incident of world.open()) nobodyWaitsForNobody(world, incident);
}

/** An open incident whose newest page has no answer has a clock that is going to strike, for it or for nobody's; so has a snooze. */
function nobodyWaitsForNobody(world: World, incident: Incident): void {
  if (incident.status !== 'open') return;
  const newest = incident.pages.at(-1);
  if (incident.snoozedUntil === null && newest !== undefined && newest.acknowledgedAt !== null) return;
  const { rows } = world.store.query(
    `select kind, key from timers where incident_id = $1 and done_at is null`,
    [incident.id],
  );
  const strikes = ({ kind, key }: Record<string, unknown>): boolean =>
    incident.snoozedUntil === null
      ? kind === 'acknowledgment' && (key === newest?.id || String(key).startsWith('nobody:'))
      : kind === 'snooze';
  promise(
    'nobody-waits-for-nobody',
    rows.some(strikes),
    () => `#${incident.number}: no clock for ${newest?.id ?? 'anybody'}`,
  );
}

/** What holds when everybody is well again and all that was due is done. */
export function checkAtRest(world: World): void {
  const { plan } = world.setting;
  for (const told of readLogs(world.store)) {
    checkRow(told);
    checkLog(plan, told, { now: world.now, calm: world.calm });
    checkPages(world, told);
    checkSeverity(world, told);
    checkNudges(world, told);
  }
  checkMessages(world);
  for (const [step, times] of world.ran)
    promise('no-step-twice', times === 1, () => `${step} ran ${times} times`);
}

function checkRow({ incident, log }: Told): void {
  promise(
    'fold-equals-row',
    isDeepStrictEqual(foldEvents(log), incident),
    () => `#${incident.number} is not what its log says`,
  );
  const broken = firstBrokenLink(log.map(({ hash, ...event }) => ({ event, hash })));
  promise('log-is-unbroken', broken === null, () => `#${incident.number}: event ${broken} does not follow`);
}

/** What the incident says of a page is what happened to its messages. */
function checkPages(world: World, { incident, log }: Told): void {
  const { rows } = world.store.query('select page_id, state from messages where incident_id = $1', [
    incident.id,
  ]);
  promise(
    'every-page-has-its-messages',
    rows.every((row) => incident.pages.some((page) => page.id === row['page_id'])),
    () => `#${incident.number}: a message of no page`,
  );
  for (const page of incident.pages) {
    const states = rows
      .filter((row) => row['page_id'] === page.id)
      .map((row) => (row['state'] === 'sent' ? 'delivered' : row['state']));
    promise(
      'every-page-has-its-messages',
      states.length === page.channels.length,
      () => `page ${page.id} has ${states.length} messages`,
    );
    const said = page.channels.map((one) => one.state);
    promise(
      'every-message-has-an-outcome',
      isDeepStrictEqual(said.toSorted(), states.toSorted()),
      () => `page ${page.id}: said ${said.join()}, happened ${states.join()}`,
    );
    promise(
      'every-message-has-an-outcome',
      !states.includes('skipped') || page.acknowledgedAt !== null || wasClosed(page, { incident, log }),
      () => `page ${page.id} was not sent everywhere, and nobody has answered it`,
    );
    promise(
      'every-page-is-answered-or-not',
      (page.acknowledgedAt !== null) === isAnswered(page, log),
      () => `page ${page.id}`,
    );
  }
}

/** Once a phase, one message a contact method of the person that the log names. */
function checkNudges(world: World, { incident, log }: Told): void {
  const said = log.flatMap(({ body }) =>
    body.type === 'phase-overdue' && body.nudged !== undefined ? [body.nudged] : [],
  );
  const contacts = said.map((id) => personCalled(id).contacts.length);
  const { rows } = world.store.query(`select id, person from notices where id like $1`, [
    `${incident.id}-phase-%`,
  ]);
  promise(
    'a-nudge-goes-to-who-answers',
    rows.length === contacts.reduce((sum, one) => sum + one, 0) &&
      rows.every((row) => said.includes(String(row['person']))),
    () => `#${incident.number}: ${rows.length} messages for ${said.join()}`,
  );
}

function checkSeverity({ setting: { plan } }: World, { incident }: Told): void {
  const { severity, severityFloor, worstSeverity } = incident;
  const floor = severityFloor ?? severity;
  const holds =
    severityRank(plan, severity) <= severityRank(plan, floor) &&
    severityRank(plan, worstSeverity) <= severityRank(plan, severity);
  promise(
    'severity-keeps-a-persons-word',
    holds,
    () => `${severity}, a person said ${floor}, worst ${worstSeverity}`,
  );
}

/** Lost: never. Twice: only where nobody could know, and then it says so. */
function checkMessages({ store, provider }: World): void {
  for (const { id, state } of store.query('select id, state from messages').rows) {
    promise(
      'every-message-has-an-outcome',
      state === 'sent' || state === 'failed' || state === 'skipped',
      () => `message ${String(id)} is ${String(state)}`,
    );
    const arrived = provider.arrived.get(String(id)) ?? [];
    promise(
      'no-page-is-lost',
      state !== 'sent' || arrived.length > 0,
      () => `message ${String(id)} is said to be sent and never arrived`,
    );
    const doubts = provider.doubts.get(String(id)) ?? 0;
    promise(
      'a-repeat-is-in-doubt-and-marked',
      arrived.length <= 1 + doubts,
      () => `message ${String(id)} arrived ${arrived.length} times with ${doubts} doubts`,
    );
    promise(
      'a-repeat-is-in-doubt-and-marked',
      arrived.filter((marked) => !marked).length <= 1,
      () => `message ${String(id)} came again unmarked`,
    );
  }
}
