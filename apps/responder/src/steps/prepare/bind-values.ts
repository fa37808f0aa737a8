/** The values of an action's placeholders, or what is missing and why. */
export interface BoundValues {
  readonly values: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
}

const dnsName = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** Names under which a document asks for what the diagnosis found, and what it must be then. */
const sources: Readonly<Record<string, keyof LiveNames>> = {
  'node-name': 'node',
  'failed-node-name': 'node',
  'policy-name': 'networkpolicy',
  'network-policy-name': 'networkpolicy',
};

/** Names that the cluster has right now; null: they cannot be read. */
export interface LiveNames {
  readonly node: readonly string[] | null;
  readonly networkpolicy: readonly string[] | null;
}

/** True for a name by RFC 1123: it can be neither an option nor two arguments. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && dnsName.test(text);
}

/**
 * Fills placeholders from the diagnosis' subject. A name must be one by RFC 1123 and be on the cluster now; a placeholder without a
 * source stays missing, which blocks the step.
 */
export function bindValues(placeholders: readonly string[], subject: string, live: LiveNames): BoundValues {
  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const placeholder of placeholders) {
    const found = nameFor(placeholder, subject, live);
    if (found.problem === undefined) values[placeholder] = found.name;
    else missing.push(found.problem);
  }
  return { values, missing };
}

type Found = { readonly name: string; readonly problem?: undefined } | { readonly problem: string };

function nameFor(placeholder: string, subject: string, live: LiveNames): Found {
  const kind = sources[placeholder];
  if (kind === undefined) return { problem: `<${placeholder}> has no source` };
  const what = kind === 'node' ? 'node' : 'network policy';
  const name = subject.startsWith(`${kind}/`) ? subject.slice(kind.length + 1) : null;
  if (name === null)
    return { problem: `<${placeholder}>: the diagnosis names no ${what} (its subject is "${subject}")` };
  if (!isDnsName(name)) return { problem: `<${placeholder}>: "${name}" is not a name by RFC 1123` };
  const names = live[kind];
  if (names === null) return { problem: `<${placeholder}>: the live ${what} list cannot be read` };
  return names.includes(name)
    ? { name }
    : { problem: `<${placeholder}>: ${what} ${name} is not in the live ${what} list` };
}

/** Puts values into argv elements: each stays the one element it was. Unknown placeholders stay as written. */
export function fillPipeline(
  pipeline: readonly (readonly string[])[],
  values: Readonly<Record<string, string>>,
): readonly (readonly string[])[] {
  return pipeline.map((argv) => argv.map((arg) => fillText(arg, values)));
}

/** Puts values into a text, once: a value that looks like a placeholder is not filled again. */
export function fillText(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/<([a-z][a-z0-9-]*)>/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
