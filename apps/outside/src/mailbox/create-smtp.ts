import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { refusesConnection, refusesRecipient, type MailFault, type SmtpRefusal } from './mail-fault.ts';
import { readMessage, type MessageStore } from './message-store.ts';

const largestMessageBytes = 1024 * 1024;
const greylistLimit = 10_000;

type Reply = (error?: Error | null) => void;

function smtpError(refusal: SmtpRefusal): Error {
  return Object.assign(new Error(refusal.text), { responseCode: refusal.code });
}

function reply(callback: Reply, refusal: SmtpRefusal | null): void {
  callback(refusal === null ? null : smtpError(refusal));
}

const senderOf = (session: SMTPServerSession): string =>
  session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;

/** The SMTP side, not listening yet: real replies by the fault in force, whole messages into the store. */
export interface Smtp {
  server: SMTPServer;
  /** Closes the server and breaks what is open. */
  close(): Promise<void>;
}

interface SmtpPorts {
  store: MessageStore;
  fault(): MailFault;
}

/** Keeps the message and says whether the client shall hear of it. */
async function take(
  ports: SmtpPorts,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<'answer' | 'lose-answer'> {
  const { mode, delayMs } = ports.fault();
  const raw = await buffer(stream);
  // The server answers 552 by itself, but hands over what it cut off.
  if (stream.sizeExceeded) return 'answer';
  const to = session.envelope.rcptTo.map((recipient) => recipient.address);
  const receivedAt = new Date().toISOString();
  const envelope = { id: ports.store.nextId(), receivedAt, from: senderOf(session), to };
  ports.store.add(await readMessage(raw, envelope));
  if (mode === 'slow') await sleep(delayMs, undefined, { ref: false });
  return mode === 'lost-answer' ? 'lose-answer' : 'answer';
}

function handlers(ports: SmtpPorts, sockets: ReadonlySet<Socket>): SMTPServerOptions {
  const putOff = new Set<string>();
  async function receive(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: Reply,
  ): Promise<void> {
    try {
      if ((await take(ports, stream, session)) === 'answer') return done(null);
      for (const socket of sockets) if (socket.remotePort === session.remotePort) socket.destroy();
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return {
    onConnect(_session, callback) {
      const { mode } = ports.fault();
      if (mode !== 'hang') reply(callback, refusesConnection(mode));
    },
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anonymous' }),
    onRcptTo(address, session, callback) {
      const attempt = `${senderOf(session)} ${address.address}`;
      const refusal = refusesRecipient(ports.fault().mode, putOff.has(attempt));
      if (refusal?.code === 450 && putOff.size < greylistLimit) putOff.add(attempt);
      reply(callback, refusal);
    },
    onData: (stream, session, callback) => void receive(stream, session, callback),
  };
}

/** Creates it over `ports`; whoever calls it listens on `server.server`. */
export function createSmtp(ports: SmtpPorts): Smtp {
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    banner: 'mailbox of the sandbox',
    size: largestMessageBytes,
    rejectOversized: true,
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1,
    ...handlers(ports, sockets),
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // Clients that break off are their own business; without a listener they would end the process.
  server.on('error', () => {});
  return {
    server,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}
