import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AppError } from '#platform';
import type { HeartbeatConfig, IntakeConfig, SenderConfig, SenderKind } from './intake-config.ts';

/** What a request proves itself with. */
export interface Proof {
  readonly authorization: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** Where the secret stands in the body itself, as PagerDuty's routing key does. */
  readonly bodyToken?: string | undefined;
}

/** Who may send alerts, by their secrets. */
export interface Senders {
  /** The sender of this kind (and name, where the address says one). Throws AppError `not-signed-in`. */
  find(kind: SenderKind, proof: Proof, name?: string): SenderConfig;
  /** By the name in the address alone: what kind of webhook is it? Null when there is none. */
  named(name: string): SenderConfig | null;
  /** Throws AppError `not-signed-in` unless the beat may be counted. */
  requireBeat(heartbeat: HeartbeatConfig, proof: Proof): void;
}

interface Known {
  readonly sender: SenderConfig;
  readonly token: Buffer | null;
  readonly hmacSecret: string | null;
}

const oldestSignatureMs = 5 * 60_000;

/** Reads the secrets' files. Throws with the place of one that cannot be read or is empty. */
export function createSenders(
  config: Pick<IntakeConfig, 'senders' | 'heartbeats'>,
  now: () => number,
): Senders {
  const known: readonly Known[] = config.senders.map((sender, n) => {
    const hmac = 'hmac' in sender ? sender.hmac : undefined;
    const place = `intake.senders.${n}`;
    if (sender.tokenFile === undefined && hmac === undefined)
      throw new Error(`${place}: neither tokenFile nor hmac; expected at least one of them`);
    return {
      sender,
      token:
        sender.tokenFile === undefined ? null : digest(readSecret(sender.tokenFile, `${place}.tokenFile`)),
      hmacSecret: hmac === undefined ? null : readSecret(hmac.secretFile, `${place}.hmac.secretFile`),
    };
  });
  const beatTokens = new Map(
    config.heartbeats
      .filter((one) => one.tokenFile !== undefined)
      .map(({ name, tokenFile = '' }) => [
        name,
        digest(readSecret(tokenFile, `intake.heartbeats.${name}.tokenFile`)),
      ]),
  );
  return {
    find(kind, proof, name) {
      const given = tokenOf(proof);
      for (const one of known)
        if (
          one.sender.kind === kind &&
          (name === undefined || one.sender.name === name) &&
          proves(one, proof, given, now())
        )
          return one.sender;
      throw refusal(kind);
    },
    named: (name) => known.find(({ sender }) => sender.name === name)?.sender ?? null,
    requireBeat({ name }, proof) {
      const token = beatTokens.get(name);
      const given = tokenOf(proof);
      if (token === undefined || given === null || !timingSafeEqual(token, digest(given)))
        throw refusal(`heartbeat ${name}`);
    },
  };
}

function refusal(what: string): AppError {
  return new AppError(
    'not-signed-in',
    `${what}: no valid token or signature; expected those of a configured sender (docs/configuration.md)`,
  );
}

/** Both proofs are asked for where both are configured. */
function proves(
  { sender, token, hmacSecret }: Known,
  proof: Proof,
  given: string | null,
  now: number,
): boolean {
  if (token !== null && (given === null || !timingSafeEqual(token, digest(given)))) return false;
  return hmacSecret === null || isSigned(sender, hmacSecret, proof, now);
}

/** `Bearer TOKEN`, or the password of `Basic`, or the token in the body. */
function tokenOf({ authorization = '', bodyToken }: Proof): string | null {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+)$/.exec(authorization) ?? [];
  if (/^bearer$/i.test(scheme)) return value;
  if (/^basic$/i.test(scheme)) {
    const text = Buffer.from(value, 'base64').toString('utf8');
    return text.slice(text.indexOf(':') + 1);
  }
  return bodyToken ?? null;
}

/**
 * Grafana: hexadecimal HMAC SHA-256 of the body, or of `TIMESTAMP:BODY` when it is configured to send one. Everybody else:
 * `X-Tocsin-Signature: t=SECONDS,v1=HEX` over `SECONDS.BODY`, at most five minutes old.
 */
function isSigned(sender: SenderConfig, secret: string, proof: Proof, now: number): boolean {
  const names = ('hmac' in sender ? sender.hmac : undefined) ?? {};
  const signed = { secret, body: proof.body, now };
  return sender.kind === 'grafana'
    ? isSignedByGrafana(signed, proof, names)
    : isSignedByOther(signed, proof, names);
}

interface HeaderNames {
  readonly header?: string | undefined;
  readonly timestampHeader?: string | undefined;
}

function isSignedByGrafana(signed: Signed, proof: Proof, { header, timestampHeader }: HeaderNames): boolean {
  const hex = headerOf(proof, header ?? 'x-grafana-alerting-signature');
  if (timestampHeader === undefined) return isHmac(signed.secret, [proof.body], hex);
  return isTimed(signed, headerOf(proof, timestampHeader), ':', hex);
}

function isSignedByOther(signed: Signed, proof: Proof, { header }: HeaderNames): boolean {
  const given = headerOf(proof, header ?? 'x-tocsin-signature');
  const [, seconds = '', hex = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(given) ?? [];
  return isTimed(signed, seconds, '.', hex);
}

interface Signed {
  readonly secret: string;
  readonly body: Buffer;
  readonly now: number;
}

function isTimed({ secret, body, now }: Signed, seconds: string, separator: string, hex: string): boolean {
  return isFresh(seconds, now) && isHmac(secret, [`${seconds}${separator}`, body], hex);
}

function headerOf({ headers }: Proof, name: string): string {
  return String(headers[name.toLowerCase()] ?? '');
}

function isFresh(seconds: string, now: number): boolean {
  return /^\d+$/.test(seconds) && Math.abs(now - Number(seconds) * 1000) <= oldestSignatureMs;
}

function isHmac(secret: string, parts: readonly (string | Buffer)[], hex: string): boolean {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  const given = Buffer.from(hex, 'hex');
  const expected = hmac.digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Compared as digests: of equal length, and a wrong one tells nothing by the time it takes. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** A secret of a file. Throws with its place when it cannot be read or is empty. */
export function readSecret(file: string, place: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(`${place}: ${file} cannot be read; expected a file with the secret`, { cause });
  }
  if (text === '') throw new Error(`${place}: ${file} is empty; expected the secret`);
  return text;
}
