import type { NodeFact } from '#facts';

/** The values of an action's placeholders, or what is missing and why. */
export interface BoundValues {
  readonly values: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
}

const dnsName = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** Names under which a document asks for the failed node. */
const nodePlaceholders = ['node-name', 'failed-node-name'];

/** True for a name by RFC 1123: it can be neither an option nor two arguments. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && dnsName.test(text);
}

/**
 * Fills placeholders from the diagnosis' subject. A node's name must be one by RFC 1123 and in the live node list;
 * a placeholder without a source stays missing, which blocks the step.
 */
export function bindValues(
  placeholders: readonly string[],
  subject: string,
  nodes: readonly NodeFact[],
): BoundValues {
  const values: Record<string, string> = {};
  const missing: string[] = [];
  const node = subject.startsWith('node/') ? subject.slice('node/'.length) : null;
  for (const name of placeholders) {
    if (!nodePlaceholders.includes(name)) missing.push(`<${name}> has no source`);
    else if (node === null)
      missing.push(`<${name}>: the diagnosis names no node (its subject is "${subject}")`);
    else if (!isDnsName(node)) missing.push(`<${name}>: "${node}" is not a name by RFC 1123`);
    else if (!nodes.some((one) => one.name === node))
      missing.push(`<${name}>: node ${node} is not in the live node list`);
    else values[name] = node;
  }
  return { values, missing };
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
