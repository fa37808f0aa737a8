import { z } from 'zod';

/** Checks that are made more rarely than the judge forgets them would say nothing half of the time. */
const longestMs = { often: 25_000, rarely: 120_000 } as const;

const often = z.number().int().min(500).max(longestMs.often).default(5000);
/** Names and certificates change slowly. */
const rarely = z.number().int().min(500).max(longestMs.rarely).default(60_000);
const timeoutMs = (usual: number) => z.number().int().min(100).max(10_000).default(usual);

const subject = z
  .string()
  .regex(/^[a-z]+\/[^\s/]+$/, 'expected KIND/NAME, for example statefulset/postgres or host/api.example.com');
const host = z.string().regex(/^[^\s/]+$/, 'expected the name or address of a host');
const port = z.number().int().min(1).max(65_535);

const tcp = z.strictObject({
  kind: z.literal('tcp'),
  subject,
  host,
  port,
  intervalMs: often,
  timeoutMs: timeoutMs(1000),
});

/** Where a login is needed: the url itself, or a file that holds it. */
function login(protocol: RegExp, expected: string) {
  return {
    subject,
    url: z.url({ protocol, error: `expected ${expected}` }).optional(),
    urlFile: z.string().min(1).optional(),
    intervalMs: often,
    timeoutMs: timeoutMs(2000),
  };
}

const oneLogin = {
  path: ['url'],
  error: 'expected either url or urlFile, a file that holds the url',
};

const hasOneLogin = (one: {
  readonly url?: string | undefined;
  readonly urlFile?: string | undefined;
}): boolean => (one.url === undefined) !== (one.urlFile === undefined);

/** Authorities to trust besides those of the machine, PEM. */
const caFile = z.string().min(1).optional();

const postgres = z
  .strictObject({
    kind: z.literal('postgres'),
    ...login(/^postgres(?:ql)?$/, 'a url such as postgres://USER:PASSWORD@HOST:5432/DATABASE'),
  })
  .refine(hasOneLogin, oneLogin);

const redis = z
  .strictObject({
    kind: z.literal('redis'),
    ...login(/^rediss?$/, 'a url such as redis://USER:PASSWORD@HOST:6379, or rediss: for TLS'),
    caFile,
  })
  .refine(hasOneLogin, oneLogin);

const tls = z
  .strictObject({
    kind: z.literal('tls'),
    subject: subject.optional(),
    host,
    port: port.default(443),
    /** The name that is asked for and that the certificate must carry; absent: the host. */
    servername: z.string().optional(),
    caFile,
    /** A certificate that ends within so many days is worth a notice. */
    warnDays: z.number().min(0).max(365).default(14),
    intervalMs: rarely,
    timeoutMs: timeoutMs(2000),
  })
  .transform((one) => ({ ...one, subject: one.subject ?? `host/${one.servername ?? one.host}` }));

const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT'] as const;

const dns = z
  .strictObject({
    kind: z.literal('dns'),
    subject: subject.optional(),
    name: host,
    /** Address of the server to ask, with an optional port; absent: those of the machine. */
    resolver: z
      .string()
      .regex(
        /^(?:\d+\.\d+\.\d+\.\d+|\[[\da-fA-F:]+\])(?::\d+)?$|^[\da-fA-F:]+$/,
        'expected ADDRESS or ADDRESS:PORT',
      )
      .optional(),
    recordType: z.enum(recordTypes).default('A'),
    intervalMs: rarely,
    timeoutMs: timeoutMs(2000),
  })
  .transform((one) => ({ ...one, subject: one.subject ?? `host/${one.name}` }));

const check = z.discriminatedUnion('kind', [tcp, postgres, redis, tls, dns]);

/** One check of something that the service depends on. */
export type CheckConfig = z.infer<typeof check>;

/** All checks; two of the same kind about the same subject could not be told apart. */
export const checksSchema = z
  .array(check)
  .default([])
  .superRefine((checks, context) => {
    const seen = new Set<string>();
    for (const [i, { kind, subject: about }] of checks.entries()) {
      const key = `${kind} ${about}`;
      if (seen.has(key))
        context.addIssue({
          code: 'custom',
          path: [i, 'subject'],
          message: `a second ${kind} check of ${about}; expected one of a kind for each subject`,
        });
      seen.add(key);
    }
  });
