import { hostname } from 'node:os';
import { z } from 'zod';

const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/, 'a name of a-z, 0-9 and _, starting with a letter');
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.number().min(min, `at least ${min}`).max(max, `at most ${max}`));

const schema = z.object({
  HOST: z.union([z.ipv4(), z.ipv6()], 'an IP address to listen on').default('0.0.0.0'),
  PORT: wholeNumber(0, 65_535).default(8080),
  PGHOST: z.string('the host of PostgreSQL').min(1, 'the host of PostgreSQL'),
  PGPORT: wholeNumber(1, 65_535).default(5432),
  PGUSER: name.default('multitenant_api'),
  PGPASSWORD: z.string('the password of the limited role').min(1, 'the password of the limited role'),
  PGDATABASE: name.default('multitenant'),
  ADMIN_PGUSER: z.string().min(1, 'a role that may create databases').optional(),
  ADMIN_PGPASSWORD: z.string().optional(),
  JWT_SECRET: z.string('a secret of at least 32 characters').min(32, 'a secret of at least 32 characters'),
  POOL_SIZE: wholeNumber(1, 100).default(5),
  POOL_WAIT_MS: wholeNumber(10, 60_000).default(1000),
  QUERY_TIMEOUT_MS: wholeNumber(10, 60_000).default(2500),
  DRAIN_DELAY_MS: wholeNumber(0, 60_000).default(3000),
  SHUTDOWN_LIMIT_MS: wholeNumber(100, 120_000).default(15_000),
  TENANT_LABELS: wholeNumber(1, 10_000).default(100),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  POD_NAME: z.string().min(1).default(hostname()),
});

/** What the service needs to know to run; times in milliseconds. README.md lists every variable. */
export type Config = z.output<typeof schema>;

/** A variable of the environment that cannot be used: the message names each with its value and what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

function shown(key: string, value: string | undefined): string {
  if (value === undefined) return 'is not set';
  if (/PASSWORD|SECRET/.test(key)) return `has a value of ${value.length} characters`;
  return `is ${JSON.stringify(value)}`;
}

/**
 * Reads the configuration from an environment; an empty variable counts as not set.
 * @throws ConfigError with one line for each variable that cannot be used; secrets are not repeated.
 */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const set = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const key = String(issue.path[0]);
    return `${key} ${shown(key, set[key])}; expected ${issue.message}`;
  });
  throw new ConfigError(lines.join('\n'));
}
