import {
  type HookKind,
  hookPlaceOf,
  hookWish,
  type HookWish,
  type SubscriberConfig,
  subscribeWays,
  type SubscribeWish,
  subscribeWish,
} from '@tocsin/contract';
import type { Words } from '../words/words.ts';
import type { Way } from './subscribe-page.ts';

/** What a form asks for, or what is wrong with it in its reader's words. */
export type AskedFor =
  | { readonly way: 'email'; readonly wish: SubscribeWish }
  | { readonly way: HookKind; readonly wish: HookWish }
  | { readonly way: Way; readonly problem: string };

/** Reads the fields of a form; a way that is not offered counts as the first that is. */
export function readSubscribeForm(form: URLSearchParams, words: Words, config: SubscriberConfig): AskedFor {
  const ways = subscribeWays(config);
  const way = ways.find((one) => one === form.get('way')) ?? ways[0] ?? 'email';
  if (way !== 'email') return readHook(way, form, { words, config });
  const wish = subscribeWish.safeParse({ address: form.get('address')?.trim(), language: words.id });
  return wish.success ? { way, wish: wish.data } : { way, problem: words.subscribe.invalid };
}

function readHook(
  way: HookKind,
  form: URLSearchParams,
  { words, config }: { readonly words: Words; readonly config: SubscriberConfig },
): AskedFor {
  const place = hookPlaceOf(way, form.get('url')?.trim() ?? '', config);
  const wish = hookWish.safeParse({ kind: way, url: place?.url, language: words.id });
  if (wish.success) return { way, wish: wish.data };
  const { webhookInvalid, slackInvalid } = words.subscribe;
  return { way, problem: way === 'slack' ? slackInvalid : `${webhookInvalid}${hostsOf(config)}` };
}

/** Hosts that anybody may read; an origin by itself may be one of our own network. */
function hostsOf({ webhookHosts }: SubscriberConfig): string {
  const hosts = webhookHosts.filter((one) => !one.includes('://'));
  return hosts.length === 0 ? '' : ` (${hosts.join(', ')})`;
}
