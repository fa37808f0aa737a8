import { z } from 'zod';
import { parseMatcher } from './match/parse-matcher.ts';
import { compileMapping } from './read/json-mapping.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const idPattern = /^[a-z0-9][a-z0-9-]*$/;
const name = z.string().regex(idPattern, 'lower-case letters, digits and dashes');

/** Text of a matcher such as `severity="critical"`; the refusal says what was expected. */
const matcher = z.string().transform((text, context) => {
  try {
    return parseMatcher(text, 'matcher');
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

/** How a sender without a header of its own choice signs: HMAC SHA-256 over the raw body, with a timestamp before it. */
const hmac = z.strictObject({
  secretFile: z.string(),
  header: z.string().optional(),
  timestampHeader: z.string().optional(),
});

const resolveAfterMs = (usual: number) => z.number().int().min(1000).default(usual);

const mapping = z
  .strictObject({
    /** JSON pointer of the list; absent: the body is one item. */
    items: z.string().optional(),
    /** Each is a JSON pointer (`/title`) into the item, or a CEL expression over `item` and `body`. */
    key: z.string().optional(),
    name: z.string(),
    summary: z.string().optional(),
    severity: z.string().optional(),
    /** True: it has ended. */
    ended: z.string().optional(),
    startsAt: z.string().optional(),
    labels: z.record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, 'a label name'), z.string()).default({}),
  })
  .transform((given, context) => {
    try {
      return compileMapping(given);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });

/** How who raised an alert is told that somebody has taken its incident: a silence there, by Alertmanager's API v2. */
const acknowledge = z.strictObject({
  /** What stands before `/api/v2`. */
  url: z.url({ protocol: /^https?$/, error: 'expected an address that begins with http:// or https://' }),
  tokenFile: z.string().optional(),
  /** How long it is silent there at most. */
  minutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .default(60),
});

const sender = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('alertmanager'),
    name,
    tokenFile: z.string(),
    acknowledge: acknowledge.optional(),
    resolveAfterMs: resolveAfterMs(5 * minuteMs),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    name,
    tokenFile: z.string(),
    acknowledge: acknowledge.optional(),
    resolveAfterMs: resolveAfterMs(12 * hourMs),
  }),
  z.strictObject({
    kind: z.literal('grafana'),
    name,
    tokenFile: z.string().optional(),
    hmac: hmac.optional(),
    acknowledge: acknowledge.optional(),
    resolveAfterMs: resolveAfterMs(12 * hourMs),
  }),
  z.strictObject({
    kind: z.literal('pagerduty'),
    name,
    tokenFile: z.string(),
    resolveAfterMs: resolveAfterMs(24 * hourMs),
  }),
  z.strictObject({
    kind: z.literal('json'),
    name,
    tokenFile: z.string().optional(),
    hmac: hmac.optional(),
    mapping,
    resolveAfterMs: resolveAfterMs(12 * hourMs),
  }),
]);

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const instant = z.iso.datetime({ offset: true, error: 'an instant such as 2026-03-01T10:00:00Z' });

/** What the status page calls it; absent: its name. */
const title = z.string().trim().min(1).max(80).optional();

const maintenance = z.union(
  [
    z.strictObject({
      name,
      title,
      startsAt: instant,
      endsAt: instant,
      matchers: z.array(matcher).default([]),
    }),
    z.strictObject({
      name,
      title,
      days: z
        .array(z.enum(days))
        .min(1)
        .default([...days]),
      at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 02:30'),
      minutes: z
        .number()
        .int()
        .min(1)
        .max(24 * 60),
      timeZone: z
        .string()
        .refine(isTimeZone, 'a time zone of the IANA database, for example Europe/Berlin')
        .default('UTC'),
      matchers: z.array(matcher).default([]),
    }),
  ],
  { error: `expected { name, startsAt, endsAt } or { name, days, at, minutes, timeZone }` },
);

const heartbeat = z.strictObject({
  name,
  intervalMs: z.number().int().min(1000),
  graceMs: z.number().int().min(0).default(30_000),
  severity: z.string().optional(),
  /** Alerts that count as a beat, for example Prometheus' `alertname="Watchdog"`. */
  alert: z.array(matcher).default([]),
  tokenFile: z.string().optional(),
});

/** What the configuration says about alerts of other tools. Every part has a default: nothing is taken in then. */
export const intakeSchema = z.strictObject({
  senders: z.array(sender).default([]),
  maxBodyBytes: z
    .number()
    .int()
    .min(1024)
    .default(8 * 1024 * 1024),
  severityLabel: z.string().default('severity'),
  /** The sender's word, in lower case, to a severity of the runbook. Ids of the runbook need no entry. */
  severities: z.record(z.string(), z.string()).default({ critical: 'P1', error: 'P2' }),
  flagLabel: z.string().default('tocsin_flag'),
  flags: z
    .array(z.strictObject({ flag: z.enum(['integrity', 'security']), matchers: z.array(matcher).min(1) }))
    .default([]),
  /** All must hold for an alert to be about this service; the others are shown, and start nothing. */
  concerns: z.array(matcher).default([]),
  inhibit: z
    .array(
      z.strictObject({
        source: z.array(matcher).min(1),
        target: z.array(matcher).min(1),
        equal: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  flapping: z
    .strictObject({
      times: z.number().int().min(2).default(4),
      windowMs: z.number().int().min(1000).default(hourMs),
      holdMs: z
        .number()
        .int()
        .min(1000)
        .default(15 * minuteMs),
    })
    .prefault({}),
  maintenance: z.array(maintenance).default([]),
  heartbeats: z.array(heartbeat).default([]),
});

export type IntakeConfig = z.infer<typeof intakeSchema>;
export type SenderConfig = IntakeConfig['senders'][number];
export type SenderKind = SenderConfig['kind'];
export type MaintenanceConfig = IntakeConfig['maintenance'][number];
export type HeartbeatConfig = IntakeConfig['heartbeats'][number];

function isTimeZone(zone: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}
