import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { keys, startFakeBucket } from '../../test/fake-bucket.ts';
import { incident, pageOf } from '../../test/page-snapshot.ts';
import { siteOf } from '../site.ts';
import { bucketPlace } from './bucket-place.ts';
import { folderPlace } from './folder-place.ts';
import { keepWritten } from './keep-written.ts';
import { staticFiles } from './static-files.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const filesOf = (snapshot = pageOf()) =>
  staticFiles(siteOf(snapshot, { stale: null, takes: { reports: false, subscribers: false } }), 'en');
const warnings: string[] = [];
const log = (_level: string, message: string): void => void warnings.push(message);

describe('static files', () => {
  it('are the whole site, with what lies at its root in the first language, and links last', () => {
    const names = filesOf().map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'index.html',
        'de/index.html',
        'incidents/inc_b/index.html',
        'history.atom',
        'api/v2/summary.json',
      ]),
    );
    const text = (name: string) => filesOf().find((one) => one.name === name)?.text;
    expect(text('index.html')).toBe(text('en/index.html'));
    expect(names.indexOf('en/incidents/inc_b/index.html')).toBeLessThan(names.indexOf('en/index.html'));
    expect(names.at(-1)).toBe('index.html');
  });

  it('appear whole in a folder, and only what has changed is written again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-static-'));
    stops.push(() => Promise.resolve(rmSync(folder, { recursive: true })));
    const place = folderPlace(folder);
    const put: string[] = [];
    const written = keepWritten({
      place: { ...place, put: (file) => (put.push(file.name), place.put(file)) },
      log,
    });
    stops.push(written.stop);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    written.write(() => filesOf());
    await expect.poll(() => put.at(-1)).toBe('index.html');
    expect(read('de/index.html')).toContain('Einige Systeme');
    expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.tmp'))).toEqual(
      [],
    );

    put.length = 0;
    const later = pageOf({ incidents: [incident({ status: 'monitoring' })] });
    written.write(() => filesOf(later));
    await expect.poll(() => read('api/v2/incidents.json')).toContain('monitoring');
    await expect.poll(() => put).toContain('history.atom');
    expect(put).not.toContain('api/v2/components.json');
  });

  it('are put into a bucket, signed, each as what it is; a store that throttles gets them later', async () => {
    const bucket = await startFakeBucket();
    stops.push(bucket.stop);
    bucket.behaviour.slowDowns = 2;
    const place = bucketPlace({ bucket: bucket.url, region: 'eu-central-1', ...keys });
    const written = keepWritten({ place, log, retryMs: 1 });
    stops.push(written.stop);
    const files = filesOf();
    written.write(() => files);
    await expect.poll(() => bucket.objects.size).toBe(files.length + 1);
    // Two that were throttled, and the list of files, read and written.
    expect(bucket.behaviour.requests).toBe(files.length + 4);
    expect(warnings.join('\n')).toContain('SlowDown');
    expect(bucket.objects.get('de/index.html')).toEqual({
      body: files.find(({ name }) => name === 'de/index.html')?.text,
      type: 'text/html; charset=utf-8',
      cacheControl: 'public, max-age=10, stale-if-error=86400',
    });
  });

  it.each(['folder', 'bucket'] as const)(
    'what is no longer part of the page is removed, after a restart too: %s',
    async (kind) => {
      const folder = mkdtempSync(join(tmpdir(), 'tocsin-static-'));
      stops.push(() => Promise.resolve(rmSync(folder, { recursive: true })));
      const bucket = await startFakeBucket();
      stops.push(bucket.stop);
      const placeOf = () =>
        kind === 'folder'
          ? folderPlace(folder)
          : bucketPlace({ bucket: bucket.url, region: 'eu-central-1', ...keys });
      const gone = 'de/incidents/inc_b/index.html';
      const look = placeOf();
      const first = keepWritten({ place: placeOf(), log, retryMs: 1 });
      first.write(() => filesOf());
      await expect.poll(() => look.read('index.html')).not.toBeNull();
      expect(await look.read(gone)).not.toBeNull();
      await first.stop();
      const after = keepWritten({ place: placeOf(), log, retryMs: 1 });
      stops.push(after.stop);
      after.write(() => filesOf(pageOf({ incidents: [] })));
      await expect.poll(() => look.read(gone)).toBeNull();
      await expect.poll(async () => (await look.read('files.json'))?.includes('inc_b')).toBe(false);
      expect(await look.read('de/index.html')).not.toBeNull();
    },
  );

  it('a list that somebody else has written leads nowhere else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tocsin-static-'));
    stops.push(() => Promise.resolve(rmSync(folder, { recursive: true })));
    const place = folderPlace(join(folder, 'page'));
    await place.put({
      name: 'files.json',
      type: '',
      text: '["../precious.txt", "/etc/hosts", 7, "old.html"]',
    });
    await place.put({ name: 'old.html', type: '', text: 'old' });
    await folderPlace(folder).put({ name: 'precious.txt', type: '', text: 'precious' });
    const written = keepWritten({ place, log });
    stops.push(written.stop);
    written.write(() => filesOf());
    await expect.poll(() => place.read('old.html')).toBeNull();
    expect(readFileSync(join(folder, 'precious.txt'), 'utf8')).toBe('precious');
  });

  it('are tried again when the keys are wrong, and given up for newer ones', async () => {
    const bucket = await startFakeBucket();
    stops.push(bucket.stop);
    const place = bucketPlace({ bucket: bucket.url, region: 'auto', ...keys, secretAccessKey: 'wrong' });
    const written = keepWritten({ place, log, retryMs: 1 });
    written.write(() => filesOf());
    await expect.poll(() => bucket.behaviour.requests).toBeGreaterThan(2);
    await written.stop();
    expect(bucket.objects.size).toBe(0);
    expect(warnings.join('\n')).toContain('SignatureDoesNotMatch');
  });
});
