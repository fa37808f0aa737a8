import { z } from 'zod';
import { pageLanguages } from './status-page.ts';
import { subscriberConfig } from './subscriber-config.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and dashes');
const httpUrl = z.url({ protocol: /^https?$/, error: 'expected a url such as https://example.com' });

/** A part of the service as its customers know it, and what of the service it covers. */
const component = z.strictObject({
  id,
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().min(1).max(200).optional(),
  covers: z
    .strictObject({
      /** Probed functions, by the `target` of their probes: what uptime is measured by. */
      functions: z.array(z.string()).default([]),
      /** As signals name them, for example `statefulset/postgres`. */
      services: z.array(z.string()).default([]),
      zones: z.array(z.string()).default([]),
    })
    .refine(({ functions, services, zones }) => functions.length + services.length + zones.length > 0, {
      error: 'expected at least one of functions, services and zones',
    }),
});
export type ComponentConfig = z.infer<typeof component>;

/** Where the finished page is also written to. Credentials of a bucket come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
const staticTarget = z.union(
  [
    z.strictObject({ folder: z.string().min(1) }),
    z.strictObject({
      /** With the bucket's name, for example `https://s3.eu-central-1.amazonaws.com/status-example`. */
      bucket: httpUrl,
      region: z.string().default('auto'),
    }),
  ],
  { error: 'expected { folder: PATH } or { bucket: URL, region }' },
);
export type StaticTarget = z.infer<typeof staticTarget>;

/** The part `statusPage` of the configuration: the responder and the page's own process read the same. */
export const statusPageConfig = z
  .strictObject({
    listen: z
      .strictObject({
        host: z.string().default('127.0.0.1'),
        port: z.number().int().min(0).max(65_535).default(7434),
      })
      .prefault({}),
    /** As visitors reach it; absent: where it listens. */
    url: httpUrl.optional(),
    name: z.string().trim().min(1).max(80).optional(),
    timeZone: z.string().refine(isTimeZone, 'a time zone such as Europe/Berlin').default('UTC'),
    languages: z
      .array(z.enum(pageLanguages))
      .min(1)
      .default([...pageLanguages]),
    accent: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'a colour such as #a61e4d')
      .optional(),
    logoUrl: httpUrl.optional(),
    homeUrl: httpUrl.optional(),
    supportUrl: httpUrl.optional(),
    /** True: drills are shown, marked as such. */
    drills: z.boolean().default(false),
    /** True: visitors may report a problem, which is looked into as a customer's report and can wake somebody. */
    reports: z.boolean().default(false),
    /** By which ways visitors may have updates; the responder sends them. */
    subscribers: subscriberConfig,
    /** True: the visitor's address is the last of `X-Forwarded-For`, which our own proxy has written. */
    behindProxy: z.boolean().default(false),
    /** Absent: one component a probed function. */
    components: z.array(component).min(1).optional(),
    static: z.array(staticTarget).default([]),
  })
  .check((context) => {
    const ids = (context.value.components ?? []).map((one) => one.id);
    const twice = ids.findIndex((one, index) => ids.indexOf(one) !== index);
    if (twice >= 0)
      context.issues.push({
        code: 'custom',
        input: ids[twice],
        path: ['components', twice, 'id'],
        message: 'an id of its own: another component has it',
      });
  });
export type StatusPageConfig = z.infer<typeof statusPageConfig>;

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
