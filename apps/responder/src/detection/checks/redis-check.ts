import { on } from 'node:events';
import type { Socket } from 'node:net';
import { fine, type Answer, type Asking, type Check } from './check.ts';
import { openSocket, openTls, trusting } from './connect.ts';

const defaultPort = 6379;
/** A reply to AUTH or PING is one short line. */
const longestReply = 4096;

/** A command as Redis reads it: https://redis.io/docs/latest/develop/reference/protocol-spec/ */
function command(...words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

function loginOf({ username, password }: URL): readonly string[] {
  if (password === '') return [];
  const words = [username, password].filter((word) => word !== '').map(decodeURIComponent);
  return [command('AUTH', ...words)];
}

/** The first lines that come, or what there is when the other side ends. */
async function readLines(
  socket: Socket,
  count: number,
  { signal, reached }: Asking,
): Promise<readonly string[]> {
  let text = '';
  for await (const [chunk] of on(socket, 'data', { signal, close: ['end', 'close'] })) {
    reached('answering');
    text += (chunk as Buffer).toString('latin1');
    if (text.split('\r\n').length > count || text.length > longestReply) break;
  }
  return text.split('\r\n').slice(0, count);
}

function answerOf(lines: readonly string[]): Answer {
  const refusal = lines.find((line) => line.startsWith('-'));
  if (refusal !== undefined) return { ...fine, outcome: 'rejected', detail: refusal.slice(1, 200) };
  if (lines.at(-1) === '+PONG') return fine;
  const said = JSON.stringify(lines.join(' ').slice(0, 80));
  return { ...fine, outcome: 'rejected', detail: `answers ${said}; expected PONG` };
}

async function ping(url: URL, ca: string | null, asking: Asking): Promise<Answer> {
  const address = { host: url.hostname.replaceAll(/^\[|\]$/g, ''), port: Number(url.port || defaultPort) };
  const isSecured = url.protocol === 'rediss:';
  const socket = isSecured ? await openTls(address, asking, trusting(ca)) : await openSocket(address, asking);
  try {
    const commands = [...loginOf(url), command('PING')];
    socket.write(commands.join(''));
    return answerOf(await readLines(socket, commands.length, asking));
  } finally {
    socket.destroy();
  }
}

/** PING, after AUTH where the url has a password; `rediss:` speaks TLS. */
export function redisCheck(url: string, ca: string | null): Check {
  return { ask: (asking) => ping(new URL(url), ca, asking) };
}
