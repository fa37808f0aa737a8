import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  grafanaSignature,
  secret,
  type ServedIntake,
  serveIntake,
  signature,
} from '../fixtures/serve-intake.ts';

let served: ServedIntake;
beforeAll(async () => {
  served = await serveIntake();
});
afterAll(() => served.stop());

interface Intake {
  readonly path: string;
  readonly source: string;
  /** Headers that prove who sends this body. */
  proof(body: string): Record<string, string>;
  /** One alert named `name` that fires, or has ended. */
  alert(name: string, ended?: boolean): unknown;
  /** An item that cannot be understood. */
  readonly malformed: { readonly item: unknown; readonly place: RegExp; readonly expected: string };
  /** A body with these items; null: one item is the body. */
  body(items: readonly unknown[]): unknown;
  readonly accepted: number;
  /** Whether a batch with a malformed item is answered as bad, though its good ones are taken. */
  readonly batchStatus: number | null;
}

const bearer = { authorization: `Bearer ${secret}` };
const past = new Date(Date.now() - 60_000).toISOString();

const webhookAlert = (name: string, ended = false): object => ({
  status: ended ? 'resolved' : 'firing',
  labels: { alertname: name, severity: 'critical', tenant: 't1' },
  annotations: { summary: `${name} is wrong` },
  startsAt: past,
  endsAt: ended ? new Date().toISOString() : '0001-01-01T00:00:00Z',
  generatorURL: 'http://prometheus.test/graph',
  fingerprint: 'ignored',
});

const malformedAlert = {
  item: { labels: { alertname: 7 } },
  place: /\[\d\]\.labels\.alertname$/,
  expected: 'a text',
};

const intakes: Record<string, Intake> = {
  'Alertmanager API': {
    path: '/intake/alertmanager/api/v2/alerts',
    source: 'prometheus',
    proof: () => ({ authorization: `Basic ${Buffer.from(`prometheus:${secret}`).toString('base64')}` }),
    alert: (name, ended = false) => ({
      labels: { alertname: name, severity: 'critical', tenant: 't1' },
      annotations: { summary: `${name} is wrong` },
      startsAt: past,
      ...(ended ? { endsAt: new Date().toISOString() } : {}),
      generatorURL: 'http://prometheus.test/graph',
    }),
    malformed: malformedAlert,
    body: (items) => items,
    accepted: 200,
    batchStatus: 400,
  },
  'Alertmanager webhook': {
    path: '/intake/webhook/other-alertmanager',
    source: 'other-alertmanager',
    proof: () => bearer,
    alert: webhookAlert,
    malformed: malformedAlert,
    body: (alerts) => ({
      version: '4',
      groupKey: '{}:{}',
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'x',
      alerts,
    }),
    accepted: 200,
    batchStatus: 200,
  },
  Grafana: {
    path: '/intake/webhook/grafana',
    source: 'grafana',
    proof: (body) => ({ 'x-grafana-alerting-signature': grafanaSignature(body) }),
    alert: webhookAlert,
    malformed: malformedAlert,
    body: (alerts) => ({ receiver: 'x', status: 'firing', orgId: 1, alerts, title: 'x', state: 'alerting' }),
    accepted: 200,
    batchStatus: 200,
  },
  'PagerDuty Events v2': {
    path: '/intake/pagerduty/v2/enqueue',
    source: 'events',
    proof: () => ({}),
    alert: (name, ended = false) => ({
      routing_key: secret,
      event_action: ended ? 'resolve' : 'trigger',
      dedup_key: name,
      ...(ended
        ? {}
        : { payload: { summary: `${name} is wrong`, source: 'host', severity: 'critical', class: name } }),
    }),
    malformed: {
      item: {
        routing_key: secret,
        event_action: 'trigger',
        payload: { summary: 'x', source: 'y', severity: 'bad' },
      },
      place: /^body\.payload\.severity$/,
      expected: 'one of critical, error, warning, info',
    },
    body: ([item]) => item,
    accepted: 202,
    batchStatus: null,
  },
  'JSON with a mapping': {
    path: '/intake/webhook/checks',
    source: 'checks',
    proof: (body) => ({ 'x-tocsin-signature': signature(body) }),
    alert: (name, ended = false) => ({
      id: name,
      title: name,
      state: ended ? 'ok' : 'bad',
      level: 'critical',
      target: { host: 'h1' },
    }),
    malformed: {
      item: { id: 'x', state: 'bad' },
      place: /^body\.checks\[\d\](\.name)?$/,
      expected: 'by the mapping',
    },
    body: (checks) => ({ team: 'platform', checks }),
    accepted: 200,
    batchStatus: 200,
  },
};

async function post(intake: Intake, body: unknown, headers?: Record<string, string>) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(`${served.url}${intake.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers ?? intake.proof(text)) },
    body: text,
  });
}

const send = (intake: Intake, ...items: unknown[]) => post(intake, intake.body(items));

interface Row {
  readonly active: boolean;
  readonly severity: string | null;
  readonly source: string;
  readonly count: number;
}

async function stored(name: string): Promise<Row[]> {
  // Answered from the database, as it was said last.
  await served.stage.ports.alerts.problems(1);
  const { rows } = await served.database.query<Row & Record<string, unknown>>(
    `select active and ends_at > clock_timestamp() as active, severity, source from alerts where name = $1`,
    [name],
  );
  return rows;
}

const factOf = (name: string) => served.stage.ports.alerts.facts.alerts().find((one) => one.name === name);

describe.each(Object.entries(intakes))('%s', (title, intake) => {
  const name = `${title.replaceAll(/\W/g, '')}Fires`;

  it('has stored what it has accepted, and detection sees it', async () => {
    const answer = await send(intake, intake.alert(name));
    expect(answer.status).toBe(intake.accepted);
    expect(await stored(name)).toEqual([{ active: true, severity: 'P1', source: intake.source }]);
    await expect
      .poll(() => factOf(name))
      .toMatchObject({ source: intake.source, severity: 'P1', flag: null });
  });

  it('takes the same alert twice as one', async () => {
    for (let n = 0; n < 2; n += 1)
      expect((await send(intake, intake.alert(name))).status).toBe(intake.accepted);
    expect(await stored(name)).toHaveLength(1);
  });

  it('ends it on the word of the sender', async () => {
    expect((await send(intake, intake.alert(name, true))).status).toBe(intake.accepted);
    expect(await stored(name)).toMatchObject([{ active: false }]);
    await expect.poll(() => factOf(name)).toBeUndefined();
  });

  it('keeps what it cannot understand with place, value and what was expected', async () => {
    const { item, place, expected } = intake.malformed;
    expect((await send(intake, item)).status).toBe(400);
    const [problem] = await served.stage.ports.alerts.problems(1);
    expect(problem).toMatchObject({ source: intake.source, expected: expect.stringContaining(expected) });
    expect(problem?.place).toMatch(place);
    expect(JSON.parse(problem?.item ?? '')).toEqual(item);
  });

  it('takes nothing from whom it does not know', async () => {
    const body = intake.body([intake.alert('Forged')]);
    const strange = JSON.stringify(body).replaceAll(secret, 'guess');
    const wrong = { authorization: 'Bearer guess', 'x-tocsin-signature': signature('other') };
    const unknown: Record<string, string>[] = [
      {},
      wrong,
      { 'x-grafana-alerting-signature': 'ff'.repeat(32) },
    ];
    for (const headers of unknown) expect((await post(intake, strange, headers)).status).toBe(401);
    expect(await stored('Forged')).toEqual([]);
  });

  it('refuses a body that is too large', async () => {
    expect((await post(intake, ` ${'x'.repeat(100_000)}`)).status).toBe(413);
  });
});

/** All but the events, which come one by one and hold their token themselves. */
const inBatches = Object.entries(intakes).filter(([, intake]) => intake.batchStatus !== null);

it.each(inBatches)('%s takes the good items of a batch beside a malformed one', async (title, intake) => {
  const name = `${title.replaceAll(/\W/g, '')}BesideBad`;
  const answer = await send(intake, intake.malformed.item, intake.alert(name));
  expect(answer.status).toBe(intake.batchStatus);
  expect(await stored(name)).toMatchObject([{ active: true }]);
  const [problem] = await served.stage.ports.alerts.problems(1);
  expect(problem).toMatchObject({
    source: intake.source,
    place: expect.stringMatching(intake.malformed.place),
  });
});

it.each(inBatches)('%s keeps a body that is no JSON', async (_title, intake) => {
  expect((await post(intake, '{"open":')).status).toBe(400);
  const [problem] = await served.stage.ports.alerts.problems(1);
  expect(problem).toMatchObject({ source: intake.source, place: 'body', expected: 'JSON', item: '{"open":' });
});

it('refuses a signature that is too old', async () => {
  const intake = intakes['JSON with a mapping'] as Intake;
  const body = JSON.stringify(intake.body([intake.alert('Replayed')]));
  const old = signature(body, Math.floor(Date.now() / 1000) - 600);
  expect((await post(intake, body, { 'x-tocsin-signature': old })).status).toBe(401);
});

const takenRows = () =>
  served.database
    .query(`select acknowledged_at is not null as taken, active from alerts where name = 'Taken'`)
    .then(({ rows }) => rows);

it('acknowledges an event without ending it', async () => {
  const intake = intakes['PagerDuty Events v2'] as Intake;
  await send(intake, intake.alert('Taken'));
  const body = { routing_key: secret, event_action: 'acknowledge', dedup_key: 'Taken' };
  expect((await post(intake, body)).status).toBe(202);
  await expect.poll(takenRows).toEqual([{ taken: true, active: true }]);
});

const beat = (headers: Record<string, string>, name = 'nightly') =>
  fetch(`${served.url}/intake/heartbeat/${name}`, { headers });

it('counts a beat, and takes the Watchdog of Prometheus as one, not as an alert', async () => {
  expect((await beat({})).status).toBe(401);
  expect((await beat(bearer, 'unknown')).status).toBe(401);
  expect((await beat(bearer)).status).toBe(200);
  const prometheus = intakes['Alertmanager API'] as Intake;
  await send(prometheus, prometheus.alert('Watchdog'));
  await expect
    .poll(() => served.stage.ports.alerts.heartbeats())
    .toMatchObject([
      { name: 'nightly', missing: false, lastAt: expect.any(Number) },
      { name: 'watchdog', missing: false, lastAt: expect.any(Number) },
    ]);
  expect(factOf('Watchdog')).toBeUndefined();
});

describe('with the database away', () => {
  beforeAll(() => served.databaseGone());

  it.each(Object.entries(intakes))(
    '%s answers 503, so that the sender tries again',
    async (_title, intake) => {
      expect((await send(intake, intake.alert('TooLate'))).status).toBe(503);
    },
  );
});
