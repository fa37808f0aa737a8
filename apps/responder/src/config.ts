import { dirname, resolve } from 'node:path';
import { contactMethod, contactRule } from '@tocsin/contract';
import { z } from 'zod';
import { type IntakeConfig, intakeSchema } from '#alerts';
import { channelsSchema, isNamed, type SecretReader, watchdogSchema, whyUnreachable } from '#comms';
import { secretReader } from './read-secret.ts';
import { readYaml, type YamlFile, YamlFileError } from './read-yaml.ts';
import { serviceSchema, withServicePaths } from './service-config.ts';

const adoptPolicies = ['automatic', 'after-review'] as const;

const person = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and dashes'),
  name: z.string().min(1),
  role: z.enum(['viewer', 'responder', 'approver', 'admin']),
  contacts: z.array(contactMethod).min(1, 'at least one way to be reached'),
  /** When each contact method has its turn; absent: all at once. */
  rules: z.array(contactRule).optional(),
  drill: z.boolean().default(false),
});

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
    runbook,
    service: serviceSchema,
    people: z.array(person).min(1, 'at least one person to wake'),
    /** Escalation level number or role id of the document -> ids of the people who fill it, first is primary. */
    onCall: z.record(z.string(), z.array(z.string())),
    smtp: z.object({ url: z.url(), from: z.string() }).optional(),
    channels: channelsSchema(readSecret),
    watchdog: watchdogSchema(readSecret),
    intake: intakeSchema.prefault({}),
  });

type FileConfig = z.infer<ReturnType<typeof fileSchema>>;

export type Config = FileConfig & {
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
  const yaml = openYaml(file);
  const parsed = fileSchema(secretReader(base, environment)).safeParse(yaml.value);
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map((issue) => describeIssue(yaml, issue)).join('\n'));
  const config = parsed.data;
  checkOnCall(yaml, config);
  checkContacts(yaml, config);
  checkRules(yaml, config);
  return {
    ...config,
    runbook: { ...config.runbook, file: resolve(base, config.runbook.file) },
    ...(config.kubeconfig === undefined ? {} : { kubeconfig: resolve(base, config.kubeconfig) }),
    ...withDefined('databaseUrl', environment['DATABASE_URL'] ?? config.databaseUrl),
    service: withServicePaths(config.service, (path) => resolve(base, path)),
    intake: withPaths(config.intake, base),
    kubectl: environment['TOCSIN_KUBECTL'] ?? null,
    searchPath: environment['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    logLevel: environment['LOG_LEVEL'] ?? 'info',
    consoleDir: environment['TOCSIN_CONSOLE_DIR'] ?? null,
  };
}

/** Files of secrets count from the configuration's folder too. */
function withPaths(intake: IntakeConfig, base: string): IntakeConfig {
  const at = <T extends { readonly tokenFile?: string | undefined }>(one: T): T =>
    one.tokenFile === undefined ? one : { ...one, tokenFile: resolve(base, one.tokenFile) };
  return {
    ...intake,
    senders: intake.senders.map((sender) => {
      const hmac = 'hmac' in sender ? sender.hmac : undefined;
      if (hmac === undefined) return at(sender);
      return { ...at(sender), hmac: { ...hmac, secretFile: resolve(base, hmac.secretFile) } };
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

function describeIssue(yaml: YamlFile, issue: z.core.$ZodIssue): string {
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

function checkOnCall(yaml: YamlFile, config: FileConfig): void {
  const known = new Set(config.people.map((one) => one.id));
  for (const [level, ids] of Object.entries(config.onCall))
    for (const [index, id] of ids.entries())
      if (!known.has(id))
        throw new ConfigError(
          `${yaml.placeOf(['onCall', level, index])}: onCall.${level}: "${id}" is nobody in people; expected one of ${[...known].join(', ')}`,
        );
}

/** A contact that nothing could reach would be found out at night. */
function checkContacts(yaml: YamlFile, config: FileConfig): void {
  for (const [index, one] of config.people.entries())
    for (const [at, contact] of one.contacts.entries()) {
      const why = whyUnreachable(contact, config.channels);
      if (why === null) continue;
      const said = 'address' in contact ? `${contact.channel} ${contact.address}` : contact.channel;
      const place = ['people', index, 'contacts', at];
      throw new ConfigError(`${yaml.placeOf(place)}: people.${one.id}: contact ${said}; ${why}`);
    }
}

/** A rule about a contact that a person does not have would be found out at night, too. */
function checkRules(yaml: YamlFile, config: FileConfig): void {
  for (const [index, { id, contacts, rules = [] }] of config.people.entries())
    for (const [at, rule] of rules.entries()) {
      const name = rule.by.find((one) => !contacts.some((contact) => isNamed(contact, one)));
      if (name !== undefined)
        throw new ConfigError(
          `${yaml.placeOf(['people', index, 'rules', at, 'by'])}: people.${id}: rule by ${name}; expected one of their contacts: ${contacts.map((one) => one.channel).join(', ')}`,
        );
    }
}
