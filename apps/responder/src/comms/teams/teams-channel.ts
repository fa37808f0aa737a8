import { type Channel, type Delivery, deliveryLimitMs, type OutgoingMessage } from '../channel.ts';
import { onlySendingShows } from '../health.ts';
import { post } from '../http/post.ts';
import { readFailure, readObject } from '../http/read-failure.ts';
import { unknownTarget } from '../unknown-target.ts';
import { teamsCard } from './teams-card.ts';

/** Posts cards to Microsoft Teams through workflow webhooks; the address is the name of one. Any 2xx (202) is a receipt. */
export function createTeamsChannel(
  workflows: Readonly<Record<string, { readonly url: string }>>,
  limitMs = deliveryLimitMs,
): Channel {
  return {
    deliver: (message, signal) => {
      const workflow = workflows[message.address];
      return workflow === undefined
        ? Promise.resolve(unknownTarget(message.address, Object.keys(workflows)))
        : send(workflow.url, { message, limitMs }, signal);
    },
    check: () => Promise.resolve(Object.keys(workflows).length === 0 ? null : onlySendingShows),
    close: () => undefined,
  };
}

async function send(
  url: string,
  { message, limitMs }: { readonly message: OutgoingMessage; readonly limitMs: number },
  signal: AbortSignal,
): Promise<Delivery> {
  const headers = { 'content-type': 'application/json' };
  const answer = await post({ url, headers, body: JSON.stringify(teamsCard(message)), limitMs }, signal);
  if (answer.kind === 'silent' || answer.status < 200 || answer.status > 299) {
    const said = answer.kind === 'answer' ? readObject(answer.text)?.['error'] : null;
    const reason = (said as { message?: unknown } | null | undefined)?.message;
    return readFailure(answer, typeof reason === 'string' ? reason : null);
  }
  return { outcome: 'delivered', receipt: `the workflow took it (HTTP ${answer.status})` };
}
