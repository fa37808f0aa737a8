import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createReportDesk } from './create-report-desk.ts';
import { judgeReport } from './judge-report.ts';
import { createRateLimit } from './rate-limit.ts';
import { readStamp, signStamp } from './stamp.ts';

const secret = 'secret';
const now = Date.UTC(2026, 2, 1);
const form = (more: Record<string, string> = {}, shownAt = now - 10_000) =>
  new URLSearchParams({
    text: 'Uploads fail',
    from: '',
    website: '',
    stamp: signStamp(secret, shownAt),
    ...more,
  });

describe('a form', () => {
  it('of a person is stored', () => {
    expect(judgeReport(form({ from: ' Acme ' }), secret, now)).toEqual({
      verdict: 'store',
      report: { text: 'Uploads fail', from: 'Acme' },
    });
  });

  it.each([
    ['trap', form({ website: 'https://spam.example' })],
    ['stamp', form({ stamp: signStamp('another', now - 10_000) })],
    ['stamp', form({ stamp: 'zz.zz' })],
    ['too-fast', form({}, now - 100)],
    ['too-old', form({}, now - 8 * 24 * 3_600_000)],
  ])('of a machine is forgotten: %s', (because, given) => {
    expect(judgeReport(given, secret, now)).toEqual({ verdict: 'forget', because });
  });

  it.each([' ', 'x'.repeat(1501)])('without a text of 1 to 1500 characters is said to be wrong', (text) => {
    expect(judgeReport(form({ text }), secret, now)).toEqual({ verdict: 'invalid' });
  });

  it('carries when it was shown', () => {
    expect(readStamp(secret, signStamp(secret, now))).toBe(now);
    expect(readStamp(secret, '')).toBeNull();
  });
});

it('limits each visitor and all together, and forgets with time', () => {
  const limit = createRateLimit({ perVisitor: 2, forAll: 3, withinMs: 1000 });
  expect(['a', 'a', 'a', 'b', 'c'].map((visitor) => limit.take(visitor, 0))).toEqual([
    true,
    true,
    false,
    true,
    false,
  ]);
  expect(limit.take('a', 1000)).toBe(true);
});

describe('the desk', () => {
  let server: Server | null = null;
  afterEach(() => server?.close());

  /** Sends forms from one address; answers what each was told. */
  async function send(
    bodies: readonly string[],
    options: { behindProxy: boolean; fails?: boolean; from?: (at: number) => string },
  ) {
    const desk = createReportDesk({
      secret,
      limit: createRateLimit({ perVisitor: 1, forAll: 9, withinMs: 1000 }),
      behindProxy: options.behindProxy,
      store: () => (options.fails === true ? Promise.reject(new Error('away')) : Promise.resolve()),
      now: () => now,
    });
    server = createHttpServer((request, response) => {
      void desk.take(request).then((answer) => response.writeHead(answer.status).end());
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const statuses: number[] = [];
    for (const [at, body] of bodies.entries()) {
      const headers = { 'x-forwarded-for': options.from?.(at) ?? '' };
      statuses.push((await fetch(url, { method: 'POST', body, headers })).status);
    }
    return statuses;
  }

  const body = form().toString();

  it('stops who sends too much, by the address that our own proxy saw and not by what the visitor claims', async () => {
    expect(await send([body, body], { behindProxy: false, from: (at) => `10.0.0.${at}` })).toEqual([
      200, 429,
    ]);
    expect(await send([body, body], { behindProxy: true, from: (at) => `10.0.0.${at}, 192.0.2.1` })).toEqual([
      200, 429,
    ]);
    expect(await send([body, body], { behindProxy: true, from: (at) => `192.0.2.${at}` })).toEqual([
      200, 200,
    ]);
  });

  it('says when it could not be stored, and reads no more than a form is long', async () => {
    expect(await send([body], { behindProxy: false, fails: true })).toEqual([503]);
    expect(await send(['x'.repeat(20_000)], { behindProxy: false })).toEqual([413]);
  });
});
