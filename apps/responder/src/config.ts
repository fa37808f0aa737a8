import { dirname, resolve } from 'node:path';
import { checkTeam, statusPageConfig, type TeamFault, teamParts } from '@tocsin/contract';
import { z } from 'zod';
import { type IntakeConfig, intakeSchema } from '#alerts';
import { channelsSchema, type SecretReader, unreachableContacts, watchdogSchema, withoutMail } from '#comms';
import { secretReader } from './read-secret.ts';
import { readYaml, type YamlFile, YamlFileError } from './read-yaml.ts';
import { serviceSchema, withServicePaths } from './service-config.ts';

const adoptPolicies = ['automatic', 'after-review'] as const;

/** The runbook's file alone, or with how an edited one gets into use. */
const runbook = z
  .union([z.string(), z.strictObject({ file: z.string(), adopt: z.enum(adoptPolicies).optional() })], {
    error: `expected a path, or { file: PATH, adopt: ${adoptPolicies.join(' | ')} }`,
  })
  .transform((given) =>
    typeof given === 'string'
      ? { file: given, adopt: adoptPolicies[0] }
      : { file: given.file, adopt: given.adopt ?? adoptPolicies[0] },
  );

/** The configuration file of the responder (YAML). Relative paths count from the file's folder. */
const fileSchema = (readSecret: SecretReader) =>
  z.strictObject({
    listen: z
      .object({ host: z.string().default('127.0.0.1'), port: z.number().int().default(7433) })
      .prefault({}),
    publicUrl: z.url().optional(),
    databaseUrl: z.string().optional(),
    kubeconfig: z.string().optional(),
    /** Changes run as the cluster user of who approved them. */
    impersonate: z.boolean().default(false),
    runbook,
    service: serviceSchema,
    /** The team at the first start: what `tocsin apply` has stored since counts instead. */
    ...teamParts,
    smtp: z.object({ url: z.url(), from: z.string() }).optional(),
    channels: channelsSchema(readSecret),
    watchdog: watchdogSchema(readSecret),
    intake: intakeSchema.prefault({}),
    /** Its own process reads it too. */
    statusPage: statusPageConfig.prefault({}),
  });

type FileConfig = z.infer<ReturnType<typeof fileSchema>>;

export type Config = FileConfig & {
  readonly kubectl: string | null;
  readonly searchPath: string;
  /** Where the API is inside a pod; null elsewhere. */
  readonly apiServer: { readonly host: string; readonly port: string } | null;
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
  const yaml = openYaml(file);
  const parsed = fileSchema(secretReader(base, environment)).safeParse(yaml.value);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => describeIssue(yaml, issue)).join('\n'));
  const config = parsed.data;
  refuse(yaml, checkTeam(config));
  checkContacts(yaml, config);
  checkSubscribers(yaml, config);
  return {
    ...config,
    runbook: { ...config.runbook, file: resolve(base, config.runbook.file) },
    ...(config.kubeconfig === undefined ? {} : { kubeconfig: resolve(base, config.kubeconfig) }),
    ...withDefined('databaseUrl', environment['DATABASE_URL'] ?? config.databaseUrl),
    service: withServicePaths(config.service, (path) => resolve(base, path)),
    intake: withPaths(config.intake, base),
    kubectl: environment['TOCSIN_KUBECTL'] ?? null,
    searchPath: environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    apiServer: apiServerOf(environment),
    logLevel: environment['LOG_LEVEL'] ?? 'info',
    consoleDir: environment['TOCSIN_CONSOLE_DIR'] ?? null,
  };
}

function apiServerOf(environment: Readonly<Record<string, string | undefined>>): Config['apiServer'] {
  const host = environment['KUBERNETES_SERVICE_HOST'];
  return host === undefined ? null : { host, port: environment['KUBERNETES_SERVICE_PORT'] ?? '443' };
}

/** Files of secrets count from the configuration's folder too. */
function withPaths(intake: IntakeConfig, base: string): IntakeConfig {
  const at = <T extends { readonly tokenFile?: string | undefined }>(one: T): T =>
    one.tokenFile === undefined ? one : { ...one, tokenFile: resolve(base, one.tokenFile) };
  return {
    ...intake,
    senders: intake.senders.map((sender) => {
      const hmac = 'hmac' in sender ? sender.hmac : undefined;
      const acknowledge = 'acknowledge' in sender ? sender.acknowledge : undefined;
      return {
        ...at(sender),
        ...(hmac === undefined ? {} : { hmac: { ...hmac, secretFile: resolve(base, hmac.secretFile) } }),
        ...(acknowledge === undefined ? {} : { acknowledge: at(acknowledge) }),
      } as typeof sender;
    }),
    heartbeats: intake.heartbeats.map(at),
  };
}

function withDefined<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: string });
}

function openYaml(file: string): YamlFile {
  try {
    return readYaml(file);
  } catch (cause) {
    if (cause instanceof YamlFileError) throw new ConfigError(cause.message, { cause });
    throw cause;
  }
}

function describeIssue(yaml: YamlFile, issue: Pick<z.core.$ZodIssue, 'path' | 'message'>): string {
  const name = issue.path.map(String).join('.') || 'the whole file';
  const value = issue.path.reduce<unknown>(
    (held, key) => (typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined),
    yaml.value,
  );
  const said = value === undefined ? 'missing' : withoutPassword(JSON.stringify(value)).slice(0, 120);
  return `${yaml.placeOf(issue.path)}: ${name}: ${said}; ${issue.message}`;
}

/** A mistake in a url must not put its password on a screen. */
function withoutPassword(text: string): string {
  return text.replaceAll(/(:\/\/[^:@/"\s]*):[^"\s]*@/g, '$1:***@');
}

/** Throws ConfigError with every fault, unless there is none. */
function refuse(yaml: YamlFile, faults: readonly TeamFault[]): void {
  if (faults.length === 0) return;
  const lines = faults.map(({ path, message }) => describeIssue(yaml, { path: [...path], message }));
  throw new ConfigError(lines.join('\n'));
}

/** A contact that nothing could reach would be found out at night. */
function checkContacts(yaml: YamlFile, config: FileConfig): void {
  const hasMailServer = (config.smtp ?? config.channels.email[0]) !== undefined;
  refuse(yaml, [
    ...unreachableContacts(config.people, config.channels),
    ...withoutMail(config.external ?? [], hasMailServer),
  ]);
}

/** Who subscribes and never hears would be told a lie by the page. */
function checkSubscribers(yaml: YamlFile, { statusPage, smtp }: FileConfig): void {
  if (!statusPage.subscribers.email || smtp !== undefined) return;
  const path = ['statusPage', 'subscribers'];
  throw new ConfigError(
    describeIssue(yaml, { path, message: 'expected smtp: { url, from } to mail them by, or email: false' }),
  );
}
