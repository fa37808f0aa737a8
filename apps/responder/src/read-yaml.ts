import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';

/** A parsed YAML file that still knows where each value stands. */
export interface YamlFile {
  readonly value: unknown;
  /** `file:line:column` of the value at a path, or of the nearest that exists above it. */
  placeOf(path: readonly PropertyKey[]): string;
}

/** A file that cannot be read as YAML; the message begins with its place. */
export class YamlFileError extends Error {
  override readonly name = 'YamlFileError';
}

/** Reads a YAML file. Throws YamlFileError with the place of the first mistake. */
export function readYaml(file: string): YamlFile {
  const counter = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: counter, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [mistake] = document.errors;
  if (mistake !== undefined)
    throw new YamlFileError(`${at(mistake.pos[0])}: not YAML: ${mistake.message}`, { cause: mistake });
  return {
    value: document.toJS() as unknown,
    placeOf: (path) => {
      for (let length = path.length; length >= 0; length -= 1) {
        const node: unknown = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return at(node.range[0]);
      }
      return file;
    },
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw new YamlFileError(`${file}: cannot be read (${code}); expected a YAML file`, { cause });
  }
}
