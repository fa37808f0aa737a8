import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';

const contact = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('email'), address: z.email() }),
  z.object({ channel: z.literal('inbox') }),
]);

const person = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
  name: z.string().min(1),
  role: z.enum(['viewer', 'responder', 'approver', 'admin']),
  contacts: z.array(contact).min(1, 'at least one way to be reached'),
  drill: z.boolean().default(false),
});

const probe = z.object({
  /** Name of the probed function, for example `data`. */
  target: z.string(),
  url: z.url(),
  /** Host header, when the url addresses the ingress by its address. */
  host: z.string().optional(),
  intervalMs: z.number().int().min(100).default(500),
  timeoutMs: z.number().int().min(100).default(2000),
});

const service = z.object({
  id: z.string(),
  namespace: z.string(),
  deployment: z.string(),
  service: z.string(),
  podLabels: z.record(z.string(), z.string()),
  podPort: z.number().int(),
  readinessPath: z.string().default('/readyz'),
  metricsPath: z.string().default('/metrics'),
  scrapeIntervalMs: z.number().int().min(500).default(5000),
  dependencies: z.array(z.string()).default([]),
  probes: z.array(probe).min(1, 'at least one outside probe'),
  control: z.object({ url: z.url() }).optional(),
  tenants: z.array(z.object({ id: z.string(), tokenFile: z.string() })).default([]),
});

/** The configuration file of the responder (YAML). Relative paths count from the file's folder. */
const fileSchema = z.strictObject({
  listen: z
    .object({ host: z.string().default('127.0.0.1'), port: z.number().int().default(7433) })
    .prefault({}),
  publicUrl: z.url().optional(),
  databaseUrl: z.string().optional(),
  kubeconfig: z.string().optional(),
  runbook: z.string(),
  service,
  people: z.array(person).min(1, 'at least one person to wake'),
  /** Escalation level number or role id of the document -> ids of the people who fill it, first is primary. */
  onCall: z.record(z.string(), z.array(z.string())),
  smtp: z.object({ url: z.url(), from: z.string() }).optional(),
});

export type Config = z.infer<typeof fileSchema> & {
  readonly kubectl: string | null;
  readonly searchPath: string;
  readonly logLevel: string;
  readonly consoleDir: string | null;
};

/** A configuration that cannot be used: every problem with its place, value and what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Reads and checks the configuration. The only reader of the process's environment. Throws ConfigError. */
export function readConfig(file: string, environment: Readonly<Record<string, string | undefined>>): Config {
  const base = dirname(resolve(file));
  const parsed = fileSchema.safeParse(readYaml(file));
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => describeIssue(file, issue)).join('\n'));
  const config = parsed.data;
  checkOnCall(file, config);
  return {
    ...config,
    runbook: resolve(base, config.runbook),
    ...(config.kubeconfig === undefined ? {} : { kubeconfig: resolve(base, config.kubeconfig) }),
    ...withDefined('databaseUrl', environment['DATABASE_URL'] ?? config.databaseUrl),
    service: {
      ...config.service,
      tenants: config.service.tenants.map((t) => ({ ...t, tokenFile: resolve(base, t.tokenFile) })),
    },
    kubectl: environment['TOCSIN_KUBECTL'] ?? null,
    searchPath: environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    logLevel: environment['LOG_LEVEL'] ?? 'info',
    consoleDir: environment['TOCSIN_CONSOLE_DIR'] ?? null,
  };
}

function withDefined<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: string });
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}); expected a YAML file`,
      { cause: error },
    );
  }
  try {
    return parseYaml(text);
  } catch (error) {
    const place =
      error instanceof YAMLParseError && error.linePos
        ? `:${error.linePos[0].line}:${error.linePos[0].col}`
        : '';
    throw new ConfigError(`${file}${place}: not YAML: ${(error as Error).message}`, { cause: error });
  }
}

function describeIssue(file: string, issue: z.core.$ZodIssue): string {
  const path = issue.path.map(String).join('.') || '(whole file)';
  return `${file}: ${path}: ${issue.message}`;
}

function checkOnCall(file: string, config: z.infer<typeof fileSchema>): void {
  const known = new Set(config.people.map((one) => one.id));
  for (const [level, ids] of Object.entries(config.onCall))
    for (const id of ids)
      if (!known.has(id))
        throw new ConfigError(
          `${file}: onCall.${level}: "${id}" is nobody in people; expected one of ${[...known].join(', ')}`,
        );
}
