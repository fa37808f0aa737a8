/** What stands where a secret was. */
export const redacted = '[redacted]';

const rules: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, redacted],
  // A JSON Web Token, also one that was cut off.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, redacted],
  [/\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi, `$1 ${redacted}`],
  // user:password@ in a URL
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi, `$1:${redacted}@`],
  [
    /(["']?[\w.-]*(?:password|passwd|pgpassword|secret|token|api[_-]?key|private[_-]?key|client-key-data)["']?\s*[:=]\s*)("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"',;&}\]]+)/gi,
    `$1${redacted}`,
  ],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, redacted],
  [/\b(?:gh[pousr]_\w{20,}|xox[abprs]-[\w-]{10,}|sk_live_\w{10,})/g, redacted],
];

/** Removes what looks like a secret, and every one of `known`, from a text that is kept or shown. */
export function redact(text: string, known: readonly string[] = []): string {
  let out = text;
  for (const secret of known) if (secret.length >= 6) out = out.replaceAll(secret, redacted);
  for (const [pattern, replacement] of rules) out = out.replaceAll(pattern, replacement);
  return out;
}
