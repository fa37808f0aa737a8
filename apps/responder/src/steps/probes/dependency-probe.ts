import { connect } from 'node:net';
import { once } from 'node:events';

/** A dependency that is asked directly, past any temporary pod. */
export type DependencyKind = 'postgres' | 'redis' | 'tcp';

export interface ProbeAnswer {
  readonly outcome: 'ended' | 'failed' | 'cut-off';
  readonly text: string;
}

/** PostgreSQL's SSLRequest: any server of it answers with one letter, S or N, before a login. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** What each kind is asked and how its answer is read; null says that the connection alone is the answer. */
const questions: Readonly<
  Record<DependencyKind, { readonly ask: Buffer; readonly read: (answer: string) => string | null } | null>
> = {
  postgres: {
    ask: sslRequest,
    read: (answer) =>
      /^(?:[SN]$|E)/.test(answer) ? 'PostgreSQL answers (SSL request); a login was not tried' : null,
  },
  redis: {
    ask: Buffer.from('PING\r\n'),
    read: (answer) =>
      /^(?:\+PONG|-NOAUTH|-WRONGPASS|-DENIED)/.test(answer)
        ? `Redis answers: ${answer.trim().split('\r\n')[0]}`
        : null,
  },
  tcp: null,
};

/** Connects and asks one question, within `limitMs`. Does not throw. */
export async function probeDependency(
  kind: DependencyKind,
  address: { readonly host: string; readonly port: number },
  limitMs: number,
  outer: AbortSignal,
): Promise<ProbeAnswer> {
  const startedAt = performance.now();
  const place = `${address.host}:${address.port}`;
  const took = (): string => `${Math.round(performance.now() - startedAt)} ms`;
  const signal = AbortSignal.any([outer, AbortSignal.timeout(limitMs)]);
  const socket = connect({ host: address.host, port: address.port });
  try {
    await once(socket, 'connect', { signal });
    const question = questions[kind];
    if (question === null) return { outcome: 'ended', text: `TCP connection to ${place} in ${took()}` };
    socket.write(question.ask);
    const [chunk] = (await once(socket, 'data', { signal })) as [Buffer];
    const said = question.read(chunk.toString('latin1'));
    return said === null
      ? { outcome: 'failed', text: `${place} answers, but not as ${kind} does` }
      : { outcome: 'ended', text: `${said}, at ${place} in ${took()}` };
  } catch (error) {
    if (signal.aborted) return { outcome: 'cut-off', text: `${place}: no answer within ${limitMs / 1000} s` };
    return { outcome: 'failed', text: `${place}: ${(error as Error).message}` };
  } finally {
    socket.destroy();
  }
}
