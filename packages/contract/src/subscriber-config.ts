import { z } from 'zod';

/** Where Slack takes incoming webhooks. */
export const slackHooks = 'https://hooks.slack.com';
/** Two labels at least: a whole top-level domain is nobody's. */
const hostPattern = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Where visitors may have requests sent: a host and all below it, or one origin as it stands, which may be a private address. */
const webhookHost = z.string().refine((text) => hostPattern.test(text) || isOrigin(text), {
  error:
    'expected a host such as example.com, or an origin such as https://hooks.example.internal:8443 (http on this machine alone)',
});

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.origin !== text) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url.hostname));
}

function isThisMachine(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

const slack = z
  .union([z.boolean(), z.strictObject({ url: z.string().refine(isOrigin, 'expected an https origin') })], {
    error: 'expected true, false, or { url: ORIGIN }',
  })
  .transform((given) => (typeof given === 'object' ? given.url : given ? slackHooks : null));

const expected = 'expected true, false, or { email, webhookHosts, slack }';

/** By which ways visitors may have updates; `true` is by e-mail alone. */
export const subscriberConfig = z
  .preprocess(
    (given) => (typeof given === 'boolean' ? { email: given } : given),
    z.strictObject(
      {
        /** By the responder's `smtp`. */
        email: z.boolean().default(true),
        /** Empty: no webhooks. */
        webhookHosts: z.array(webhookHost).default([]),
        /** Slack's incoming webhooks. */
        slack: slack.default(null),
      },
      { error: (issue) => (issue.code === 'invalid_type' ? expected : undefined) },
    ),
  )
  .prefault(false);
export type SubscriberConfig = z.infer<typeof subscriberConfig>;

/** A program of a subscriber that updates are posted to. */
export const hookKinds = ['webhook', 'slack'] as const;
export type HookKind = (typeof hookKinds)[number];

/** The ways that are offered, in the order of a form. */
export function subscribeWays(config: SubscriberConfig): readonly ('email' | HookKind)[] {
  return [
    ...(config.email ? (['email'] as const) : []),
    ...(config.webhookHosts.length > 0 ? (['webhook'] as const) : []),
    ...(config.slack === null ? [] : (['slack'] as const)),
  ];
}
