import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type SandboxReady, sandboxReadySchema } from '../up/sandbox-config.ts';

const faultSchema = z.object({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  injectedAt: z.iso.datetime(),
});
export type InjectedFault = z.infer<typeof faultSchema>;

const messageSchema = z.object({ headers: z.record(z.string(), z.string()), receivedAt: z.string() });
const statusSchema = z.object({
  ready: z.boolean(),
  nodes: z.array(z.object({ name: z.string(), ready: z.string(), unschedulable: z.boolean() })),
  pods: z.array(
    z.object({
      name: z.string(),
      app: z.string().nullish(),
      node: z.string().nullish(),
      ready: z.string(),
      terminating: z.boolean(),
    }),
  ),
  faults: z.array(z.object({ id: z.string(), kind: z.string() })),
});
const kindsSchema = z.object({
  kinds: z.array(z.object({ kind: z.string(), unsupported: z.string().optional() })),
});
/** A fault of the sandbox, and why this machine cannot have it where it cannot. */
export type OfferedFault = z.infer<typeof kindsSchema>['kinds'][number];
export type SandboxStatus = z.infer<typeof statusSchema>;
const trafficSchema = z.object({
  perSecond: z.array(
    z.object({ tenants: z.record(z.string(), z.object({ ok: z.number(), failed: z.number() })) }),
  ),
});
type Traffic = z.infer<typeof trafficSchema>;

/** The sandbox's doors that a drill uses: faults, the clients' own view, and the mailbox. All throw with what was asked. */
export interface SandboxClient {
  inject(kind: string, target: Readonly<Record<string, string>>): Promise<InjectedFault>;
  kinds(): Promise<readonly OfferedFault[]>;
  lift(id: string): Promise<void>;
  status(): Promise<SandboxStatus>;
  /** Share of failed requests of an independent client since an instant, 0 to 1; null without requests. */
  clientErrorRatioSince(atMs: number): Promise<number | null>;
  mailSince(atMs: number): Promise<{ messageId: string; mayBeRepeat: boolean }[]>;
}

/** Reads what a running sandbox wrote about itself. */
export function readSandbox(file: string): SandboxReady {
  return sandboxReadySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

export function createSandboxClient(sandbox: SandboxReady): SandboxClient {
  const control = (method: string, path: string, body?: unknown): Promise<unknown> =>
    request(method, `${sandbox.control.url}${path}`, body, {
      authorization: `Bearer ${sandbox.control.token}`,
    });
  return {
    inject: async (kind, target) => faultSchema.parse(await control('POST', `/faults/${kind}`, target)),
    kinds: async () => kindsSchema.parse(await control('GET', '/faults')).kinds,
    lift: async (id) => void (await control('DELETE', `/faults/${encodeURIComponent(id)}`)),
    status: async () => statusSchema.parse(await control('GET', '/status')),
    clientErrorRatioSince: async (atMs) => {
      const since = encodeURIComponent(new Date(atMs).toISOString());
      const answer = await request('GET', `${sandbox.traffic.url}/stats?since=${since}`);
      return errorRatioOf(trafficSchema.parse(answer));
    },
    mailSince: async (atMs) => {
      const messages = z
        .array(messageSchema)
        .parse(await request('GET', `${sandbox.mailbox.httpUrl}/messages`));
      return messages
        .filter((one) => Date.parse(one.receivedAt) >= atMs)
        .map(({ headers }) => ({
          messageId: headers['message-id'] ?? '',
          mayBeRepeat: 'x-tocsin-may-be-repeat' in headers,
        }));
    },
  };
}

/** failed / requests over all seconds and tenants; null without requests. Pure. */
export function errorRatioOf({ perSecond }: Traffic): number | null {
  const all = perSecond.flatMap((second) => Object.values(second.tenants));
  const failed = all.reduce((sum, one) => sum + one.failed, 0);
  const requests = all.reduce((sum, one) => sum + one.ok, failed);
  return requests === 0 ? null : failed / requests;
}

async function request(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: answered ${response.status}: ${text.slice(0, 500)}`);
  return text === '' ? null : JSON.parse(text);
}
