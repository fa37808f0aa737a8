import {
  type Channel,
  type Delivery,
  deliveryLimitMs,
  type ManyAnswers,
  type OutgoingMessage,
} from '../channel.ts';
import { onlySendingShows } from '../health.ts';
import { post } from '../http/post.ts';
import { readFailure } from '../http/read-failure.ts';
import { fullText } from '../message-text.ts';
import { unknownTarget } from '../unknown-target.ts';
import { signWebhook } from './sign-webhook.ts';

export interface WebhookTarget {
  readonly url: string;
  readonly secret: string;
}

/** Pages to URLs of the configuration as signed JSON; the address is a target's name. Any 2xx is a receipt. */
export function createWebhookChannel(
  targets: Readonly<Record<string, WebhookTarget>>,
  limitMs = deliveryLimitMs,
): Channel {
  return {
    deliver: (message, signal) => {
      const target = targets[message.address];
      return target === undefined
        ? Promise.resolve(unknownTarget(message.address, Object.keys(targets)))
        : send(target, { message, limitMs }, signal);
    },
    check: () => Promise.resolve(Object.keys(targets).length === 0 ? null : onlySendingShows),
    close: () => undefined,
  };
}

async function send(
  target: WebhookTarget,
  { message, limitMs }: { readonly message: OutgoingMessage; readonly limitMs: number },
  signal: AbortSignal,
): Promise<Delivery> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const body = JSON.stringify(toPayload(message));
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': message.id,
    'x-tocsin-timestamp': timestamp,
    'x-tocsin-signature': signWebhook(target.secret, timestamp, body),
  };
  const answer = await post({ url: target.url, headers, body, limitMs }, signal);
  if (answer.kind === 'silent' || answer.status < 200 || answer.status > 299) return readFailure(answer);
  return { outcome: 'delivered', receipt: `HTTP ${answer.status}` };
}

function numberOf({ answer, update }: OutgoingMessage): number | null {
  return answer?.number ?? update?.number ?? null;
}

function toPayload(message: OutgoingMessage): object {
  const { id, incidentId, person, subject, mayBeRepeat, answer, answers, update } = message;
  return {
    id,
    incidentId,
    incidentNumber: numberOf(message),
    person,
    subject,
    text: fullText(message),
    mayBeRepeat,
    ...linksOf(answer),
    ...(answers === undefined ? {} : linksOfMany(answers)),
    ...(update === undefined ? {} : { update }),
  };
}

function linksOf(answer: OutgoingMessage['answer']): object {
  return {
    incidentUrl: answer?.incidentUrl ?? null,
    acknowledgeUrl: answer?.acknowledgeUrl ?? null,
    escalateUrl: answer?.escalate?.url ?? null,
  };
}

/** What all of a summary has of the fields of a page, and those of each incident that it names. */
function linksOfMany({ each, others, acknowledgeAllUrl, listUrl }: ManyAnswers): object {
  return {
    incidentUrl: listUrl,
    acknowledgeUrl: acknowledgeAllUrl,
    incidents: each.map(({ incidentId, number, subject, incidentUrl, acknowledgeUrl }) => ({
      incidentId,
      incidentNumber: number,
      subject,
      incidentUrl,
      acknowledgeUrl,
    })),
    otherIncidents: others,
  };
}
