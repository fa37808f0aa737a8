import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly to: string;
  readonly raw: string;
  readonly id: string;
  readonly mayBeRepeat: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What the server does with the next messages. */
export interface Behaviour {
  /** SMTP status to answer to RCPT TO instead of taking it. */
  refuse?: number;
  /** SMTP status to greet with instead of taking the connection, or no greeting ever. */
  atConnect?: number | 'hangs';
  /** Take the text and then never answer. */
  silent?: boolean;
  /** Answers to RCPT TO come this late, milliseconds. */
  addressedAfterMs?: number;
  /** Mails that it takes a second, one after the other; absent: as fast as it can. */
  perSecond?: number;
  /** Called when a message is addressed, before that is answered. */
  onAddressed?: () => void;
  /** Called when the text is taken, before that is answered. */
  onTaken?: () => void;
}

const rightPassword = 'right-4711';

/** A real SMTP server on a free port that keeps what it took. */
export async function startMailServer(): Promise<{
  /** Who does not sign in may send too. */
  readonly url: string;
  /** The same with a login; `password` is the right one. */
  readonly loginUrl: (password: string) => string;
  readonly password: string;
  readonly received: ReceivedMail[];
  readonly behaviour: Behaviour;
  /** Resolves when nobody is connected: what a client has sent until then is taken. */
  idle(): Promise<void>;
  close(): Promise<void>;
}> {
  const received: ReceivedMail[] = [];
  const behaviour: Behaviour = {};
  const wait = createPace(behaviour);
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: (auth, _session, callback) => {
      if (auth.password === rightPassword) callback(null, { user: auth.username });
      else callback(Object.assign(new Error('Authentication failed'), { responseCode: 535 }));
    },
    onConnect: (_session, callback) => {
      const { atConnect } = behaviour;
      if (atConnect === 'hangs') return;
      if (atConnect === undefined) callback();
      else callback(Object.assign(new Error('Try again later'), { responseCode: atConnect }));
    },
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, callback) => {
      behaviour.onAddressed?.();
      const refused = Object.assign(new Error('not now'), { responseCode: behaviour.refuse });
      setTimeout(callback, behaviour.addressedAfterMs ?? 0, behaviour.refuse === undefined ? null : refused);
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(
          readMail(Buffer.concat(chunks).toString('utf8'), session.envelope.rcptTo[0]?.address ?? ''),
        );
        behaviour.onTaken?.();
        if (behaviour.silent !== true) wait(callback);
      });
    },
  });
  // A client that is killed resets its connection.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    loginUrl: (password) => `smtp://tocsin:${password}@127.0.0.1:${port}`,
    password: rightPassword,
    received,
    behaviour,
    idle: async () => {
      while (server.connections.size > 0) await pause(2);
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Answers one after the other, no faster than the server's pace. */
function createPace(behaviour: Behaviour): (answer: () => void) => void {
  let freeAt = 0;
  return (answer) => {
    if (behaviour.perSecond === undefined) return answer();
    const now = performance.now();
    freeAt = Math.max(now, freeAt) + 1000 / behaviour.perSecond;
    setTimeout(answer, freeAt - now);
  };
}

function readMail(raw: string, to: string): ReceivedMail {
  return {
    to,
    raw: raw.replaceAll('=\r\n', ''),
    id: /^message-id: <([^@]+)@/im.exec(raw)?.[1] ?? '',
    mayBeRepeat: /^x-tocsin-may-be-repeat: true/im.test(raw),
    at: Date.now(),
  };
}
