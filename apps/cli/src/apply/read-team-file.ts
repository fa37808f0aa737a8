import { readFileSync } from 'node:fs';
import { type TeamDocument, teamDocument } from '@tocsin/contract';
import { isCollection, isNode, LineCounter, parseDocument } from 'yaml';

/** A team that was read from a file, and where its values stand. */
export interface TeamFile {
  readonly team: TeamDocument;
  /** `file:line:column` of the value at a path, or of the nearest that exists above it. */
  placeOf(path: readonly PropertyKey[]): string;
}

/** Reads and checks a team (YAML or JSON). Throws an Error with every mistake: place, value and what was expected. */
export function readTeamFile(file: string): TeamFile {
  const counter = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: counter, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new Error(`${at(mistake.pos[0])}: not YAML: ${mistake.message}`);
  const placeOf = (path: readonly PropertyKey[]): string => {
    let place = document.contents?.range ? at(document.contents.range[0]) : file;
    let node: unknown = document.contents;
    for (const key of path) {
      node = insideOf(node, key);
      if (!isNode(node) || !node.range) break;
      place = at(node.range[0]);
    }
    return place;
  };
  const value: unknown = document.toJS();
  const parsed = teamDocument.safeParse(value);
  if (parsed.success) return { team: parsed.data, placeOf };
  const lines = parsed.error.issues.map(
    ({ path, message }) =>
      `${placeOf(path)}: ${path.join('.') || 'the whole file'}: ${say(value, path)}; ${message}`,
  );
  throw new Error(lines.join('\n'));
}

/** A key that looks like a number is one in YAML (`1: [ada]`), and a text in a path. */
function insideOf(node: unknown, key: PropertyKey): unknown {
  if (!isCollection(node)) return undefined;
  return node.get(key, true) ?? node.get(Number(key), true);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw new Error(`${file}: cannot be read (${code}); expected a YAML file`, { cause });
  }
}

function say(value: unknown, path: readonly PropertyKey[]): string {
  const held = path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
  return held === undefined ? 'missing' : JSON.stringify(held).slice(0, 120);
}
