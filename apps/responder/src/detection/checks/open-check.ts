import type { EpochMs } from '#facts';
import type { Logger } from '#platform';
import type { Config } from '../../config.ts';
import { createTokenSource } from '../probe/token-source.ts';
import type { Check } from './check.ts';
import { dnsCheck } from './dns-check.ts';
import { postgresCheck } from './postgres-check.ts';
import { redisCheck } from './redis-check.ts';
import { tcpCheck } from './tcp-check.ts';
import { tlsCheck } from './tls-check.ts';

export type CheckConfig = Config['service']['checks'][number];

/** A configured check. */
export interface OpenCheck {
  /** Null while it cannot be made, because a file that it needs cannot be used; the log says why. */
  current(): Check | null;
  stop(): void;
}

export interface OpenOptions {
  readonly log: Logger;
  readonly now: () => EpochMs;
}

const always = (check: Check): OpenCheck => ({ current: () => check, stop: () => {} });

interface Files {
  /** The text given, or the file's as it is now; null while it cannot be read. */
  readonly text: () => string | null;
  stop(): void;
}

/** Text that stands in a file, read again and again. */
async function follow(file: string, subject: string, what: string, log: Logger): Promise<Files> {
  const { token, stop } = await createTokenSource(
    file,
    log,
    `${what} cannot be read; ${subject} is not checked`,
  );
  return { text: token, stop };
}

const given = (text: string | null): Files => ({ text: () => text, stop: () => {} });

type WithLogin = Extract<CheckConfig, { readonly kind: 'postgres' | 'redis' }>;

function openUrl({ subject, url, urlFile }: WithLogin, log: Logger): Promise<Files> {
  return urlFile === undefined
    ? Promise.resolve(given(url ?? null))
    : follow(urlFile, subject, 'the url', log);
}

/** A file may hold anything: what is no url of this kind is never sent anywhere. */
function isUrlOf(kind: string, text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol.startsWith(kind);
}

async function openPostgres(config: WithLogin, { log }: OpenOptions): Promise<OpenCheck> {
  const url = await openUrl(config, log);
  return { current: () => fromUrl(config, url, log, postgresCheck), stop: url.stop };
}

function fromUrl(config: WithLogin, url: Files, log: Logger, make: (url: string) => Check): Check | null {
  const text = url.text();
  if (text === null) return null;
  if (isUrlOf(config.kind, text)) return make(text);
  log.warn(
    { file: config.urlFile },
    `${config.urlFile}: holds no ${config.kind}: url; ${config.subject} is not checked`,
  );
  return null;
}

type WithAuthority = Extract<CheckConfig, { readonly kind: 'redis' | 'tls' }>;

function openAuthority({ subject, caFile }: WithAuthority, log: Logger): Promise<Files> {
  return caFile === undefined ? Promise.resolve(given('')) : follow(caFile, subject, 'the authority', log);
}

async function openRedis(
  config: Extract<CheckConfig, { readonly kind: 'redis' }>,
  { log }: OpenOptions,
): Promise<OpenCheck> {
  const [url, authority] = await Promise.all([openUrl(config, log), openAuthority(config, log)]);
  return {
    current() {
      const ca = authority.text();
      return ca === null
        ? null
        : fromUrl(config, url, log, (text) => redisCheck(text, ca === '' ? null : ca));
    },
    stop() {
      url.stop();
      authority.stop();
    },
  };
}

async function openTls(
  config: Extract<CheckConfig, { readonly kind: 'tls' }>,
  { log, now }: OpenOptions,
): Promise<OpenCheck> {
  const authority = await openAuthority(config, log);
  return {
    current() {
      const ca = authority.text();
      if (ca === null) return null;
      return tlsCheck({ ...config, servername: config.servername, ca: ca === '' ? null : ca }, now);
    },
    stop: authority.stop,
  };
}

/** Puts a check together as the configuration describes it. */
export async function openCheck(config: CheckConfig, options: OpenOptions): Promise<OpenCheck> {
  switch (config.kind) {
    case 'tcp':
      return always(tcpCheck(config));
    case 'postgres':
      return openPostgres(config, options);
    case 'redis':
      return openRedis(config, options);
    case 'tls':
      return openTls(config, options);
    case 'dns':
      return always(dnsCheck({ ...config, resolver: config.resolver }));
    default:
      return config satisfies never;
  }
}
