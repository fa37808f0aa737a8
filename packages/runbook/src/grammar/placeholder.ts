/** `<node-name>`: lower-case, so that HTML tags in capitals and comparisons are left alone. */
export const PLACEHOLDER = /<([a-z][a-z0-9-]*)>/g;

/** Names of all placeholders of a text, in order of appearance, each once. */
export function placeholdersIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(PLACEHOLDER), (match) => match[1] ?? ''))];
}

const SECRET_WORD =
  /(?:^|-)(?:passw(?:or)?d|pwd|pass|secret|token|jwt|api-?key|private-key|credentials?|bearer|auth)(?:-|$)/;
const REFERENCE = /-(?:file|path|name|ref|secret-name)$/;

/** True for names whose value must never be shown or put into argv; `<jwt-file>` only points to one. */
export function isSecretPlaceholder(name: string): boolean {
  return SECRET_WORD.test(name) && !REFERENCE.test(name);
}
