import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { mailFault, type MailFault } from './mail-fault.ts';
import { mailboxPage } from './mailbox-page.ts';
import type { MessageStore } from './message-store.ts';

/** What the HTTP side shows and switches. */
export interface MailboxPorts {
  store: MessageStore;
  fault(): MailFault;
  setFault(fault: MailFault): void;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function answerPage(response: ServerResponse, page: string): void {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
  };
  response.writeHead(200, headers).end(page);
}

async function switchFault(
  ports: MailboxPorts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const value = await json(request).catch(() => 'not JSON');
  const parsed = mailFault.safeParse(value);
  if (!parsed.success) {
    const expected = parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': ')).join('; ');
    return answer(response, 400, { error: `body: ${JSON.stringify(value)}; expected ${expected}` });
  }
  ports.setFault(parsed.data);
  answer(response, 200, parsed.data);
}

function oneMessage(store: MessageStore, path: string, response: ServerResponse): void {
  const id = /^\/messages\/(\d+)$/.exec(path)?.[1];
  const found = id === undefined ? undefined : store.find(id);
  if (found !== undefined) return answer(response, 200, found);
  answer(response, 404, {
    error: `${path}; expected /, /faults, /messages or /messages/ID of a message that is kept`,
  });
}

/** `GET /`, `GET|DELETE /messages` (`?after=ID`: those that came after it), `GET /messages/:id`, `GET|POST /faults`. A wrong fault answers 400 with what was expected. */
export function mailboxServer(ports: MailboxPorts): RequestListener {
  return (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://mailbox');
    switch (`${request.method} ${path}`) {
      case 'GET /':
        return answerPage(response, mailboxPage(ports.store.all()));
      case 'GET /messages':
        return answer(response, 200, ports.store.after(Number(searchParams.get('after') ?? 0)));
      case 'DELETE /messages':
        ports.store.clear();
        return void response.writeHead(204).end();
      case 'GET /faults':
        return answer(response, 200, ports.fault());
      case 'POST /faults':
        return void switchFault(ports, request, response);
      default:
        oneMessage(ports.store, path, response);
    }
  };
}
