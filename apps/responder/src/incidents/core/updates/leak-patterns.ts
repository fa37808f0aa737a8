import type { InternalNames, LeakKind } from './leak.ts';

/** A part of a text that must not be told. */
export interface Span {
  readonly kind: LeakKind;
  readonly start: number;
  readonly end: number;
}

interface Pattern {
  readonly kind: LeakKind;
  readonly pattern: RegExp;
  /** False for what only looks like it. */
  readonly holds?: (text: string, names: InternalNames) => boolean;
}

const internalSuffix = /\.(?:svc|local|internal|intranet|lan|corp|home|private|cluster|arpa)$/i;
const hostOf = (url: string): string => /^[a-z]+:\/\/(?:[^@/\s]*@)?([^:/?#\s]+)/i.exec(url)?.[1] ?? '';

function isPublic(host: string, { publicHosts }: InternalNames): boolean {
  const said = host.toLowerCase();
  return publicHosts.some((one) => said === one.toLowerCase() || said.endsWith(`.${one.toLowerCase()}`));
}

const isByte = (text: string): boolean => Number(text) <= 255;
const isTime = (text: string): boolean => /^\d{1,2}:\d{2}:\d{2}$/.test(text);

/** What gives itself away by its form, whether we know its name or not. First match wins where two meet. */
export const leakPatterns: readonly Pattern[] = [
  { kind: 'token', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/g },
  { kind: 'token', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g },
  {
    kind: 'token',
    pattern: /\b(?:xox[a-z]-|gh[opusr]_|github_pat_|glpat-|sk-|sk_live_|rk_live_)[\w-]{10,}/g,
  },
  { kind: 'token', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { kind: 'token', pattern: /\bBearer\s+[\w.~+/-]{8,}=*/gi },
  { kind: 'token', pattern: /\b(?:password|passwd|passwort|secret|token|api[_-]?key)\s*[=:]\s*\S{4,}/gi },
  { kind: 'token', pattern: /\b[0-9a-f]{32,}\b/gi },
  {
    kind: 'token',
    pattern: /(?<![\w+/-])[\w+/-]{40,}={0,2}/g,
    holds: (text) => /\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text),
  },
  {
    kind: 'url',
    pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s<>()"\]]+/gi,
    holds: (text, names) => !/^https?:/i.test(text) || !isPublic(hostOf(text), names),
  },
  {
    kind: 'address',
    pattern: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g,
    holds: (text) => text.split('.').every(isByte),
  },
  {
    kind: 'address',
    pattern: /(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}[0-9a-f]{1,4}(?![\w:])/gi,
    holds: (text) => !isTime(text),
  },
  {
    kind: 'address',
    pattern:
      /(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?(?![\w:])/gi,
    holds: (text) => text.length > 2,
  },
  { kind: 'pod', pattern: /\b[a-z][a-z0-9-]*-[a-f0-9]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b/gi },
  {
    kind: 'pod',
    pattern:
      /\b(?:pods?|deployments?|statefulsets?|daemonsets?|replicasets?|services?|svc|configmaps?)\/[a-z0-9][a-z0-9.-]*[a-z0-9]/gi,
  },
  { kind: 'node', pattern: /\bnodes?\/[a-z0-9][a-z0-9.-]*[a-z0-9]/gi },
  { kind: 'node', pattern: /\b(?:ip-\d+-\d+-\d+-\d+|gke-[a-z0-9-]+|aks-[a-z0-9-]+)\b/gi },
  {
    kind: 'host',
    pattern: /(?<![\w@/.-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*(?![\w-]|\.\w)/gi,
    holds: (text, names) =>
      !isPublic(text, names) && (internalSuffix.test(text) || text.split('.').length > 2),
  },
  { kind: 'host', pattern: /\blocalhost\b/gi },
];
