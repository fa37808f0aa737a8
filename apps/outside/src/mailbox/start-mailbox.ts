import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import type { MailFault } from './mail-fault.ts';
import { mailboxServer } from './mailbox-server.ts';
import { MessageStore, type ReceivedMessage } from './message-store.ts';
import { createSmtp } from './create-smtp.ts';

/** Where to listen; port 0 takes a free one. */
export interface MailboxOptions {
  host: string;
  smtpPort: number;
  httpPort: number;
  /** Messages kept, 1000 when not given; the oldest go first. */
  keep?: number;
}

/** A running mailbox. */
export interface Mailbox {
  smtpPort: number;
  httpPort: number;
  /** Oldest first. */
  messages(): readonly ReceivedMessage[];
  /** Switches how the SMTP server behaves from the next connection or command on. */
  setFault(fault: MailFault): void;
  /** Closes both servers and breaks what is open. */
  close(): Promise<void>;
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Starts an SMTP server that keeps what it receives, and the pages that show it. Rejects when a port is taken. */
export async function startMailbox(options: MailboxOptions): Promise<Mailbox> {
  const store = new MessageStore(options.keep ?? 1000);
  let fault: MailFault = { mode: 'normal', delayMs: 0 };
  const setFault = (next: MailFault): void => {
    fault = next;
  };
  const smtp = createSmtp({ store, fault: () => fault });
  const http = createServer(mailboxServer({ store, fault: () => fault, setFault }));
  const smtpPort = await listen(smtp.server.server, options.host, options.smtpPort);
  const httpPort = await listen(http, options.host, options.httpPort).catch(async (error: Error) => {
    await smtp.close();
    throw error;
  });
  return {
    smtpPort,
    httpPort,
    messages: () => store.all(),
    setFault,
    async close() {
      http.closeAllConnections();
      await Promise.all([smtp.close(), new Promise((resolve) => http.close(resolve))]);
    },
  };
}
