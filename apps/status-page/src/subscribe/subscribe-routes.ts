import type { IncomingMessage } from 'node:http';
import { type PageSnapshot, type SubscriberConfig, subscribeWays } from '@tocsin/contract';
import type { Writing } from '../pages/format.ts';
import type { RateLimit } from '../report/rate-limit.ts';
import { signOfMachine } from '../report/sign-of-machine.ts';
import { signStamp } from '../report/stamp.ts';
import type { VisitorRoute } from '../serve/create-server.ts';
import { readForm, visitorOf } from '../serve/read-form.ts';
import { type VisitorPage, visitorRoute } from '../serve/visitor-route.ts';
import type { Wishes } from '../wishes/create-wishes.ts';
import { type AskedFor, readSubscribeForm } from './read-subscribe-form.ts';
import { linkForm, subscribeForm, subscribeSaid, type Way } from './subscribe-page.ts';

export interface SubscribeOptions {
  readonly secret: string;
  readonly limit: RateLimit;
  /** For links of messages: many follow theirs from one address of a mail provider. */
  readonly linkLimit: RateLimit;
  readonly behindProxy: boolean;
  readonly ways: SubscriberConfig;
  readonly wishes: Pick<Wishes, 'subscribe' | 'subscribeHook' | 'followLink'>;
  readonly snapshot: () => PageSnapshot | null;
  readonly now: () => number;
}

/** The form at `subscribe/`, and the links of messages at `confirm/TOKEN` and `leave/TOKEN`. */
export function subscribeRoutes(options: SubscribeOptions): readonly VisitorRoute[] {
  const { snapshot } = options;
  const link = /^(confirm|leave)\/([\w-]{20,80})$/;
  return [
    visitorRoute({
      pattern: /^subscribe$/,
      snapshot,
      make: (request, writing) => subscribe(options, request, writing),
    }),
    visitorRoute({
      pattern: link,
      snapshot,
      make: (request, writing, path) => {
        const [, kind, token = ''] = link.exec(path) ?? [];
        const wanted = { kind: kind === 'confirm' ? ('confirm' as const) : ('leave' as const), token };
        return follow(options, request, { writing, ...wanted });
      },
    }),
  ];
}

async function subscribe(
  options: SubscribeOptions,
  request: IncomingMessage,
  writing: Writing,
): Promise<VisitorPage> {
  const { secret, limit, behindProxy, ways, now } = options;
  const { words } = writing;
  const { title, asked, hookAsked, invalid } = words.subscribe;
  const offered = subscribeWays(ways);
  const again = (status: number, way: Way | undefined, text: string | null): VisitorPage => {
    const problem = text === null || way === undefined ? null : { way, text };
    const stamp = signStamp(secret, now());
    return { status, title, content: subscribeForm(writing, { ways: offered, stamp, problem }) };
  };
  if (request.method !== 'POST') return again(200, offered[0], null);
  const form = await readForm(request);
  if (form === null) return again(413, offered[0], invalid);
  const wanted = readSubscribeForm(form, words, ways);
  const thanks = wanted.way === 'email' ? asked : hookAsked;
  const thanked = { status: 200, title, content: subscribeSaid(writing, thanks) };
  if (signOfMachine(form, secret, now()) !== null) return thanked;
  if ('problem' in wanted) return again(422, wanted.way, wanted.problem);
  if (!limit.take(visitorOf(request, behindProxy), now()))
    return again(429, wanted.way, words.report.tooMany);
  const isStored = await store(options, wanted);
  return isStored ? thanked : again(503, wanted.way, words.report.away);
}

/** False: the database is away. */
async function store(
  { wishes }: SubscribeOptions,
  wanted: Exclude<AskedFor, { readonly problem: string }>,
): Promise<boolean> {
  try {
    if (wanted.way === 'email') await wishes.subscribe(wanted.wish);
    else await wishes.subscribeHook(wanted.wish);
    return true;
  } catch {
    return false;
  }
}

/** A POST by a mail program (RFC 8058) is the same as by a person. */
async function follow(
  { wishes, linkLimit, behindProxy, now }: SubscribeOptions,
  request: IncomingMessage,
  {
    writing,
    kind,
    token,
  }: { readonly writing: Writing; readonly kind: 'confirm' | 'leave'; readonly token: string },
): Promise<VisitorPage> {
  const { subscribe: said, report } = writing.words;
  const title = kind === 'confirm' ? said.confirmTitle : said.leaveTitle;
  if (request.method !== 'POST') return { status: 200, title, content: linkForm(writing, kind) };
  request.resume();
  if (!linkLimit.take(visitorOf(request, behindProxy), now()))
    return { status: 429, title, content: subscribeSaid(writing, report.tooMany) };
  try {
    const isKnown = await wishes.followLink(kind, token);
    const done = kind === 'confirm' ? said.confirmed : said.left;
    // Who has left already is told what they want to hear.
    const text = isKnown || kind === 'leave' ? done : said.unknown;
    return { status: isKnown || kind === 'leave' ? 200 : 404, title, content: subscribeSaid(writing, text) };
  } catch {
    return { status: 503, title, content: subscribeSaid(writing, report.away) };
  }
}
