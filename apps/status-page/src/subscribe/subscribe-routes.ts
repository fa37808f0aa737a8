import type { IncomingMessage } from 'node:http';
import { type PageSnapshot, subscribeWish } from '@tocsin/contract';
import type { Writing } from '../pages/format.ts';
import type { RateLimit } from '../report/rate-limit.ts';
import { signOfMachine } from '../report/sign-of-machine.ts';
import { signStamp } from '../report/stamp.ts';
import type { VisitorRoute } from '../serve/create-server.ts';
import { readForm, visitorOf } from '../serve/read-form.ts';
import { type VisitorPage, visitorRoute } from '../serve/visitor-route.ts';
import type { Wishes } from '../wishes/create-wishes.ts';
import { linkForm, subscribeForm, subscribeSaid } from './subscribe-page.ts';

export interface SubscribeOptions {
  readonly secret: string;
  readonly limit: RateLimit;
  readonly behindProxy: boolean;
  readonly wishes: Pick<Wishes, 'subscribe' | 'followLink'>;
  readonly snapshot: () => PageSnapshot | null;
  readonly now: () => number;
}

/** The form at `subscribe/`, and the links of mails at `confirm/TOKEN` and `leave/TOKEN`. */
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
  { secret, limit, behindProxy, wishes, now }: SubscribeOptions,
  request: IncomingMessage,
  writing: Writing,
): Promise<VisitorPage> {
  const { words } = writing;
  const { title, asked, invalid } = words.subscribe;
  const again = (status: number, problem: string | null): VisitorPage => ({
    status,
    title,
    content: subscribeForm(writing, signStamp(secret, now()), problem),
  });
  if (request.method !== 'POST') return again(200, null);
  const form = await readForm(request);
  if (form === null) return again(413, invalid);
  const thanks = { status: 200, title, content: subscribeSaid(writing, asked) };
  if (signOfMachine(form, secret, now()) !== null) return thanks;
  const wish = subscribeWish.safeParse({ address: form.get('address')?.trim(), language: words.id });
  if (!wish.success) return again(422, invalid);
  if (!limit.take(visitorOf(request, behindProxy), now())) return again(429, words.report.tooMany);
  const stored = await wishes.subscribe(wish.data).then(
    () => true,
    () => false,
  );
  return stored ? thanks : again(503, words.report.away);
}

/** A POST by a mail program (RFC 8058) is the same as by a person. */
async function follow(
  { wishes }: SubscribeOptions,
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
