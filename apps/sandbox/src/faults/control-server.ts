import { timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { closed, listening } from '#network';
import { FaultRefused } from './fault-kind.ts';
import type { FaultRegistry } from './fault-registry.ts';

/** What the control server is built on. */
export interface ControlOptions {
  faults: FaultRegistry;
  token: string;
  /** The body of `GET /status`. */
  status(): unknown;
}

interface Answer {
  code: number;
  body: unknown;
}

const wish = z.string().min(1).optional();
const target = z.strictObject({ node: wish, pod: wish, zone: wish, tenant: wish });

/**
 * Faults over HTTP with a bearer token: `GET /status`, `GET /faults`, `POST /faults/{kind}` with `{node?|pod?|zone?|tenant?}`,
 * `DELETE /faults/{id}`. Mistakes answer 400, 401, 404 or 409 with `{error}`.
 */
export class ControlServer {
  readonly #options: ControlOptions;
  readonly #server: http.Server;

  constructor(options: ControlOptions) {
    this.#options = options;
    this.#server = http.createServer((req, res) => void this.#serve(req, res));
  }

  async listen(host: string, port: number): Promise<void> {
    await listening(this.#server, host, port);
  }

  close(): Promise<void> {
    return closed(this.#server);
  }

  async #serve(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
    const { code, body } = await this.#answer(req).catch(refusal);
    res.writeHead(code, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  }

  async #answer(req: http.IncomingMessage): Promise<Answer> {
    if (!this.#authorised(req.headers.authorization)) {
      return { code: 401, body: { error: 'authorization: expected the bearer token of sandbox.json' } };
    }
    return this.#route(req.method ?? '', (req.url ?? '/').split('?')[0] ?? '/', () => text(req));
  }

  async #route(method: string, path: string, body: () => Promise<string>): Promise<Answer> {
    const { faults, status } = this.#options;
    const name = /^\/faults\/([^/]+)$/.exec(path)?.[1];
    switch (name === undefined ? `${method} ${path}` : `${method} /faults/*`) {
      case 'GET /status':
        return { code: 200, body: status() };
      case 'GET /faults':
        return { code: 200, body: { kinds: faults.kinds(), active: faults.active() } };
      case 'POST /faults/*':
        return { code: 201, body: await faults.inject(name ?? '', parseTarget(await body())) };
      case 'DELETE /faults/*':
        return { code: 200, body: await faults.lift(name ?? '') };
      default:
        return { code: 404, body: { error: `${method} ${path}: no such path` } };
    }
  }

  #authorised(header: string | undefined): boolean {
    const given = Buffer.from(header ?? '');
    const expected = Buffer.from(`Bearer ${this.#options.token}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

function parseTarget(body: string): z.output<typeof target> {
  const expected = 'expected {"node": name}, {"pod": name}, {"zone": name} or {"tenant": name} or nothing';
  try {
    return target.parse(body.trim() === '' ? {} : JSON.parse(body));
  } catch (error) {
    const found = error instanceof SyntaxError ? 'not JSON' : body.slice(0, 200);
    throw new FaultRefused(400, `body: ${found}; ${expected}`);
  }
}

function refusal(error: unknown): Answer {
  if (error instanceof FaultRefused) return { code: error.code, body: { error: error.message } };
  return { code: 500, body: { error: error instanceof Error ? error.message : String(error) } };
}
