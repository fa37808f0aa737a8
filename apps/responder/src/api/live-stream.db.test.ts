import { createClient, type Liveness, type StreamEvent } from '@tocsin/contract';
import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '#platform';
import { createApiToken } from './api-token.ts';
import { createApi } from './create-api.ts';
import { createStage, type Stage } from './fixtures/stage.ts';
import { forgetIncidents, startFixtureDatabase } from './fixtures/start-fixture-database.ts';

let database: Database;
let token: string;
let stage: Stage;
let app: FastifyInstance;
let port: number;

beforeAll(async () => {
  const started = await startFixtureDatabase();
  ({ database } = started);
  token = await createApiToken(database, 'viewer', 'test');
  return started.stop;
});

function create(): Promise<FastifyInstance> {
  const options = { version: '1', startedAt: 0, consoleDir: null, publicUrl: 'http://127.0.0.1' };
  return createApi(stage.ports, { ...options, statusEveryMs: 50 });
}

beforeEach(async () => {
  await forgetIncidents(database);
  stage = await createStage(database);
  app = await create();
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  return async () => {
    await app.close();
    await stage.close();
  };
});

function follow(authorization = token) {
  const stop = new AbortController();
  const events: StreamEvent[] = [];
  const states: Liveness['state'][] = [];
  const refused: number[] = [];
  const done = createClient({ baseUrl: `http://127.0.0.1:${port}`, token: authorization }).watch({
    onEvent: (event) => events.push(event),
    onLiveness: ({ state }) => states.push(state),
    onRefused: (error) => refused.push(error.problem.status),
    signal: stop.signal,
  });
  const end = async (): Promise<void> => {
    stop.abort();
    await done;
  };
  const saw = (name: StreamEvent['name']): number => events.filter((event) => event.name === name).length;
  return { events, states, refused, saw, end, done };
}

describe('live stream', () => {
  it('tells of a change of an incident, and of the status as time passes', async () => {
    const stream = follow();
    await vi.waitFor(() => expect(stream.saw('resync')).toBe(1));
    const { id } = await stage.nodeDies();
    await vi.waitFor(() => expect(stream.saw('incident-changed')).toBeGreaterThan(1));
    expect(stream.events.find((event) => event.name === 'incident-changed')).toMatchObject({ data: { id } });
    await vi.waitFor(() => expect(stream.saw('status')).toBeGreaterThan(1));
    await stream.end();
  });

  it('comes back by itself after the responder was away, and says that it must read again', async () => {
    const stream = follow();
    await vi.waitFor(() => expect(stream.states).toEqual(['live']));
    await app.close();
    await vi.waitFor(() => expect(stream.states).toEqual(['live', 'reconnecting']), 5000);
    app = await create();
    await app.listen({ host: '127.0.0.1', port });
    await vi.waitFor(() => expect(stream.states).toEqual(['live', 'reconnecting', 'live']), 10_000);
    expect(stream.saw('resync')).toBe(2);
    await stream.end();
  });

  it('is refused without a session, and stops asking', async () => {
    const stream = follow('tocsin_wrong');
    await stream.done;
    expect(stream.refused).toEqual([401]);
  });
});
