import { urlUnder } from '#platform';
import {
  type Channel,
  type Delivery,
  deliveryLimitMs,
  type ManyAnswers,
  type OutgoingMessage,
} from '../channel.ts';
import { checkLimitMs, type Health } from '../health.ts';
import { get, post } from '../http/post.ts';
import { notUnderstood, readFailure, readObject } from '../http/read-failure.ts';
import { readHealth } from '../http/read-health.ts';
import { cut, oneLine } from '../message-text.ts';

export interface NtfyServer {
  /** For example `https://ntfy.sh`. */
  readonly url: string;
  readonly token?: string | undefined;
}

/** A longer text becomes an attachment there. Source: docs.ntfy.sh, "Limitations": 4,096 bytes. */
const longestText = 1200;

/** Pages by ntfy, published as JSON to the topic that is the address; the highest priority, with buttons. */
export function createNtfyChannel(server: NtfyServer, limitMs = deliveryLimitMs): Channel {
  return {
    deliver: (message, signal) => publish(server, { message, limitMs }, signal),
    check: (signal) => check(server, signal),
    close: () => undefined,
  };
}

async function publish(
  { url, token }: NtfyServer,
  { message, limitMs }: { readonly message: OutgoingMessage; readonly limitMs: number },
  signal: AbortSignal,
): Promise<Delivery> {
  const headers = { 'content-type': 'application/json', ...loginOf(token) };
  const body = JSON.stringify(toPublish(message));
  const answer = await post({ url: urlUnder(url, ''), headers, body, limitMs }, signal);
  const said = answer.kind === 'answer' ? readObject(answer.text) : null;
  if (answer.kind === 'silent' || answer.status !== 200)
    return readFailure(answer, said === null ? null : errorIn(said));
  if (typeof said?.['id'] !== 'string') return notUnderstood(answer, "ntfy's message with its id");
  return { outcome: 'delivered', receipt: `ntfy took it as ${said['id']}` };
}

/**
 * Asked for its account a server says whose token it is, and 401 to one that holds no more; without a token it is asked for its health.
 * Whether the topic may be written to, only a message shows. Source: docs.ntfy.sh, "Monitoring", and ntfy's server.
 */
async function check({ url, token }: NtfyServer, signal: AbortSignal): Promise<Health> {
  const [path, field] = token === undefined ? ['v1/health', 'healthy'] : ['v1/account', 'username'];
  const answer = await get(
    { url: urlUnder(url, path), headers: loginOf(token), limitMs: checkLimitMs },
    signal,
  );
  return readHealth(answer, {
    secret: token ?? '',
    said: errorIn,
    amiss: (said) =>
      said[field] === true || typeof said[field] === 'string'
        ? null
        : `it is not ntfy's answer with ${field}`,
  });
}

function loginOf(token: string | undefined): { readonly authorization?: string } {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

function errorIn({ error }: Readonly<Record<string, unknown>>): string | null {
  return typeof error === 'string' ? error : null;
}

function toPublish(message: OutgoingMessage): object {
  const { answer, answers } = message;
  return {
    topic: message.address,
    title: oneLine(message.subject),
    message: `${message.mayBeRepeat ? '(may be a repeat) ' : ''}${cut(message.body, longestText)}`,
    priority: 5,
    tags: ['rotating_light'],
    ...(answer === null ? {} : { click: answer.incidentUrl, actions: buttons(answer) }),
    ...(answers === undefined ? {} : { click: answers.listUrl, actions: buttonsOfMany(answers) }),
  };
}

function buttonFor(what: string, url: string): object {
  return { action: 'http', label: `Acknowledge ${what}`, method: 'POST', url };
}

/** Of two incidents each has a button, of more all have one together. */
function buttonsOfMany({ each, others, acknowledgeAllUrl, listUrl }: ManyAnswers): object[] {
  const count = each.length + others;
  const single = count > 2 ? [] : each.map((one) => buttonFor(`#${one.number}`, one.acknowledgeUrl));
  const list = count > 2 ? [{ action: 'view', label: 'Open the list', url: listUrl }] : [];
  return [{ ...buttonFor(`all ${count}`, acknowledgeAllUrl), clear: true }, ...single, ...list];
}

function buttons(answer: NonNullable<OutgoingMessage['answer']>): object[] {
  return [
    { action: 'http', label: 'Acknowledge', method: 'POST', url: answer.acknowledgeUrl, clear: true },
    ...(answer.escalate === null ? [] : [callButton(answer.escalate)]),
    { action: 'view', label: `Open #${answer.number}`, url: answer.incidentUrl },
  ];
}

/** Three buttons are as many as ntfy takes. */
function callButton({ level, url }: { readonly level: number; readonly url: string }): object {
  return { action: 'http', label: `Call level ${level}`, method: 'POST', url };
}
