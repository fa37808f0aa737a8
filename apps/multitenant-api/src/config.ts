import { hostname } from 'node:os';
import { z } from 'zod';

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, 'a name of a-z, 0-9 and _, starting with a letter');
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `at least ${min}`).max(max, `at most ${max}`));
const url = (protocol: RegExp, expected: string) => z.url({ protocol, error: expected });
const words = (allowed: readonly string[]) =>
  z
    .string()
    .transform((text) => text.split(/[ ,]+/).filter((word) => word !== ''))
    .refine((list) => list.length > 0 && list.every((word) => allowed.includes(word)), {
      error: `some of ${allowed.join(', ')}`,
    });

/** Asymmetric only: with these, whoever can read the public keys cannot sign. */
const jwksAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'];

const listening = {
  HOST: z.union([z.ipv4(), z.ipv6()], 'an IP address to listen on').default('0.0.0.0'),
  PORT: wholeNumber(0, 65_535).default(8080),
  DRAIN_DELAY_MS: wholeNumber(0, 60_000).default(3000),
  SHUTDOWN_LIMIT_MS: wholeNumber(100, 120_000).default(15_000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  POD_NAME: z.string().min(1).default(hostname()),
};

const database = {
  PGHOST: z.string('the host of PostgreSQL').min(1, 'the host of PostgreSQL'),
  PGPORT: wholeNumber(1, 65_535).default(5432),
  PGUSER: name.default('multitenant_api'),
  PGPASSWORD: z.string('the password of the limited role').min(1, 'the password of the limited role'),
  PGDATABASE: name.default('multitenant'),
  ADMIN_PGUSER: z.string().min(1, 'a role that may create databases').optional(),
  ADMIN_PGPASSWORD: z.string().optional(),
  MONITOR_PGUSER: name.optional(),
  MONITOR_PGPASSWORD: z.string().min(1).optional(),
  POOL_SIZE: wholeNumber(1, 100).default(5),
  POOL_WAIT_MS: wholeNumber(10, 60_000).default(1000),
  POOL_QUEUE: wholeNumber(1, 100_000).default(500),
  QUERY_TIMEOUT_MS: wholeNumber(10, 60_000).default(2500),
};

const tokens = {
  JWT_SECRET: z
    .string('a secret of at least 32 characters')
    .min(32, 'a secret of at least 32 characters')
    .optional(),
  JWKS_URL: url(/^https?$/, 'an http or https URL').optional(),
  JWKS_ALGORITHMS: words(jwksAlgorithms).default(['RS256', 'ES256', 'EdDSA']),
  JWKS_CACHE_MS: wholeNumber(1000, 86_400_000).default(600_000),
  JWKS_COOLDOWN_MS: wholeNumber(0, 3_600_000).default(30_000),
  JWKS_TIMEOUT_MS: wholeNumber(10, 30_000).default(2000),
  JWKS_STALE_MS: wholeNumber(0, 86_400_000).default(3_600_000),
  JWT_ISSUER: z.string().min(1).optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
  JWT_TENANT_CLAIM: z.string().min(1).default('tenant'),
  JWT_CLOCK_TOLERANCE_S: wholeNumber(0, 300).default(5),
  TOKEN_CACHE: wholeNumber(0, 100_000).default(5000),
  TOKEN_CACHE_MS: wholeNumber(0, 600_000).default(60_000),
  API_KEY_CACHE_MS: wholeNumber(0, 600_000).default(10_000),
};

const limits = {
  REDIS_URL: url(/^rediss?$/, 'a redis or rediss URL').optional(),
  REDIS_TIMEOUT_MS: wholeNumber(1, 10_000).default(50),
  REDIS_RETRY_MS: wholeNumber(10, 60_000).default(1000),
  CACHE_TTL_MS: wholeNumber(0, 3_600_000).default(5000),
  RATE_LIMIT: wholeNumber(0, 10_000_000).default(1000),
  RATE_LIMIT_WINDOW_MS: wholeNumber(100, 3_600_000).default(10_000),
  IDEMPOTENCY_TTL_S: wholeNumber(1, 31_536_000).default(86_400),
  TENANT_LABELS: wholeNumber(1, 10_000).default(100),
};

const tracing = {
  OTEL_EXPORTER_OTLP_ENDPOINT: url(/^https?$/, 'an http or https URL').optional(),
  TRACE_FLUSH_MS: wholeNumber(1, 30_000).default(1000),
};

const schema = z
  .object({ ...listening, ...database, ...tokens, ...limits, ...tracing })
  .refine((config) => config.JWT_SECRET !== undefined || config.JWKS_URL !== undefined, {
    path: ['JWT_SECRET'],
    error: 'a secret of at least 32 characters, or JWKS_URL',
    when: () => true,
  });

/** The names of all variables. */
export const variables: readonly string[] = Object.keys(schema.shape);

/** What the service needs to know to run; times in milliseconds unless the name ends in `_S`. docs/multitenant-api.md lists every variable. */
export type Config = z.output<typeof schema>;

/** A variable of the environment that cannot be used: the message names each with its value and what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function shown(key: string, value: string | undefined): string {
  if (value === undefined) return 'is not set';
  if (/PASSWORD|SECRET|REDIS_URL/.test(key)) return `has a value of ${value.length} characters`;
  return `is ${JSON.stringify(value)}`;
}

/** Kubernetes leaves `$(NAME)` as it is when there is no such variable: a Service that is not deployed. */
function isUnresolved(key: string, value: string): boolean {
  return !/PASSWORD|SECRET/.test(key) && /\$\([A-Z0-9_]+\)/.test(value);
}

/**
 * Reads the configuration from an environment; a variable that is empty or refers to one that does not exist counts as not set.
 * @throws ConfigError with one line for each variable that cannot be used; secrets are not repeated.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(
      ([key, value]) => value !== undefined && value !== '' && !isUnresolved(key, value),
    ),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const key = String(issue.path[0]);
    return `${key} ${shown(key, set[key])}; expected ${issue.message}`;
  });
  throw new ConfigError([...new Set(lines)].join('\n'));
}
