import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { AlertFact } from '#facts';
import { createLogger } from '#platform';
import { testDatabase } from '../../../test/database.ts';
import { type Mishap, startSilencesApi } from '../fixtures/silences-api.ts';
import { intakeSchema } from '../intake-config.ts';
import { startTellingBack, type TellingBack } from './start-telling-back.ts';

const db = await testDatabase();
const log = createLogger({ level: 'silent' });
const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

let incidents = 0;

async function telling(...mishaps: Mishap[]) {
  const api = await startSilencesApi(mishaps);
  ends.push(api.stop);
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-told-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'token'), 'a-token\n');
  const secret = join(folder, 'token');
  const config = intakeSchema.parse({
    senders: [
      { kind: 'webhook', name: 'am', tokenFile: secret, acknowledge: { url: api.url, tokenFile: secret } },
      { kind: 'webhook', name: 'quiet', tokenFile: secret },
    ],
  });
  const said: string[] = [];
  incidents += 1;
  const incidentId = `inc_${incidents}`;
  const started = await startTellingBack({
    db,
    log,
    config,
    serviceId: `service-${incidents}`,
    tell: (_tx, id, what) => Promise.resolve(void said.push(`${id}: ${what}`.replace(`${incidentId}: `, ''))),
  });
  const back = started as TellingBack;
  ends.push(back.stop);
  const taken = (...alerts: AlertFact[]): Promise<void> =>
    back.taken({ incidentId, by: 'Ada', at: 1000, said: 'Ada has taken #1' }, alerts);
  return { ...api, said, taken, over: () => back.over(incidentId), incidentId };
}

function alert(name: string, more: Partial<AlertFact> = {}): AlertFact {
  const labels = { alertname: name, node: 'n1' };
  const quiet = { severity: null, flag: null, summary: '' } as const;
  return { fingerprint: name, name, source: 'am', labels, startsAt: 500, receivedAt: 500, ...quiet, ...more };
}

const silent = 'Acknowledged at "am": DiskFull is silent there for 60 min at most';
const heard = 'No longer silent at "am": DiskFull';

test('an alert of before the acknowledgment is silent at its sender until the incident is over; others are left alone', async () => {
  const told = await telling();
  const later = alert('Later', { startsAt: 2000 });
  await told.taken(alert('DiskFull'), later, alert('Other', { source: 'quiet' }));
  await told.taken(alert('DiskFull'));
  await expect.poll(() => told.said).toEqual([silent]);
  expect(told.silences).toMatchObject([
    {
      createdBy: 'Ada',
      comment: `Ada has taken #1 [${told.incidentId}-DiskFull]`,
      matchers: [
        { name: 'alertname', value: 'DiskFull', isRegex: false, isEqual: true },
        { name: 'node', value: 'n1', isRegex: false, isEqual: true },
      ],
    },
  ]);
  expect(told.asked).toEqual(['POST /am/api/v2/silences Bearer a-token']);
  await told.over();
  await expect.poll(() => told.said).toEqual([silent, heard]);
  expect(told.silences.map((one) => one.state)).toEqual(['expired']);
});

test.each<Mishap>(['throttled', 'takes it and falls silent'])(
  'who asks is %s: asked again, and one silence in all',
  async (mishap) => {
    const told = await telling(mishap);
    await told.taken(alert('DiskFull'));
    await expect.poll(() => told.said).toEqual([silent]);
    expect(told.silences).toHaveLength(1);
  },
);

test.each<Mishap>(['refuses', 'redirects'])(
  'a sender that %s is said on the timeline, once',
  async (mishap) => {
    const told = await telling(mishap);
    await told.taken(alert('DiskFull'));
    await expect.poll(() => told.said).toHaveLength(1);
    expect(told.said[0]).toMatch(/^DiskFull could not be acknowledged at "am": HTTP (400|302)/);
    await told.over();
    expect(told.asked).toHaveLength(1);
  },
);

test('an incident that ends while the silence is being made: it is taken back all the same', async () => {
  const told = await telling('is slow');
  await told.taken(alert('DiskFull'));
  await expect.poll(() => told.asked).toHaveLength(1);
  await told.over();
  told.goOn();
  await expect.poll(() => told.said).toEqual([silent, heard]);
  expect(told.silences.map((one) => one.state)).toEqual(['expired']);
});

test('a silence that has run out by itself is over', async () => {
  const told = await telling();
  await told.taken(alert('DiskFull'));
  await expect.poll(() => told.said).toEqual([silent]);
  for (const one of told.silences) one.state = 'expired';
  await told.over();
  await expect.poll(() => told.said).toEqual([silent, heard]);
});
