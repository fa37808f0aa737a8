import { isMap, isScalar, isSeq, LineCounter, parseDocument, type ParsedNode, type YAMLMap } from 'yaml';
import { isTopic } from '../headings/topic-finder.ts';
import type { SourceRange } from '../plan.ts';
import type { Binding, Sidecar } from './sidecar.ts';

const LONGEST = 500_000;
const START: SourceRange = { line: 1, column: 1, endLine: 1, endColumn: 1 };

type Entry = [key: string, value: unknown, place: SourceRange];

/** Reads the YAML of a sidecar. Never throws; what is malformed is a problem with the sidecar's own file, line and column. */
export function readSidecar(text: string, file: string): Sidecar {
  const sidecar: Sidecar = { file, bindings: [], settings: {}, headings: new Map(), problems: [] };
  if (text.length > LONGEST) {
    wrong(sidecar, START, `found ${text.length} characters, expected at most ${LONGEST}`);
    return sidecar;
  }
  const lines = new LineCounter();
  try {
    // In the failsafe schema each value is the text that stands there: a hash stays a hash, `yes` stays `yes`.
    const yaml = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
    const [error] = yaml.errors;
    if (error === undefined) readRoot(sidecar, yaml.contents, lines);
    else wrong(sidecar, rangeOf(lines, error.pos), `found ${firstLine(error.message)}, expected YAML`);
  } catch (error) {
    wrong(sidecar, START, `found ${firstLine(String(error))}, expected YAML`);
  }
  return sidecar;
}

function readRoot(sidecar: Sidecar, root: ParsedNode | null, lines: LineCounter): void {
  if (root === null || isEmpty(root)) return;
  if (!isMap(root))
    return wrong(sidecar, START, 'found no keys, expected "bindings:" with an id on each line below');
  for (const [key, value, place] of entriesOf(root, lines)) readKey(sidecar, [key, value, place], lines);
}

function readKey(sidecar: Sidecar, [key, value, place]: Entry, lines: LineCounter): void {
  if (key === 'service' || key === 'namespace') {
    const text = textOf(value);
    if (text === undefined) wrong(sidecar, place, `${key}: expected a text`);
    else sidecar.settings[key] = text;
  } else if (key === 'placeholders') forMap(sidecar, [key, value, place], lines, readPlaceholder);
  else if (key === 'headings') forMap(sidecar, [key, value, place], lines, readHeading);
  else if (key === 'bindings') forMap(sidecar, [key, value, place], lines, readBinding);
  else
    wrong(
      sidecar,
      place,
      `found "${key.slice(0, 60)}", expected one of bindings, service, namespace, placeholders, headings`,
    );
}

type ReadEntry = (sidecar: Sidecar, entry: Entry, lines: LineCounter) => void;

function forMap(sidecar: Sidecar, [key, value, place]: Entry, lines: LineCounter, read: ReadEntry): void {
  if (isEmpty(value)) return;
  if (!isMap<ParsedNode, ParsedNode | null>(value))
    return wrong(sidecar, place, `${key}: expected keys below it`);
  for (const entry of entriesOf(value, lines)) read(sidecar, entry, lines);
}

function readPlaceholder(sidecar: Sidecar, [name, value, place]: Entry): void {
  const text = textOf(value);
  if (text === undefined) wrong(sidecar, place, `placeholders: "${name.slice(0, 60)}": expected a text`);
  else sidecar.settings[`placeholders.${name}`] = text;
}

function readHeading(sidecar: Sidecar, [topic, value, place]: Entry): void {
  const names = isSeq(value) ? value.items.map(textOf) : [textOf(value)];
  const known = names.flatMap((name) => name ?? []);
  if (!isTopic(topic)) wrong(sidecar, place, `headings: "${topic.slice(0, 60)}" is no topic`);
  else if (known.length < names.length)
    wrong(sidecar, place, `headings: ${topic}: expected a list of headings`);
  else sidecar.headings.set(topic, known);
}

function readBinding(sidecar: Sidecar, [id, value, source]: Entry, lines: LineCounter): void {
  if (!isMap<ParsedNode, ParsedNode | null>(value))
    return wrong(sidecar, source, `binding "${id.slice(0, 60)}": expected keys below it, such as hash`);
  const binding: Binding = { id, hash: undefined, pairs: {}, source, places: new Map() };
  for (const [key, entry, place] of entriesOf(value, lines)) {
    const text = textOf(entry);
    if (text === undefined)
      wrong(sidecar, place, `binding "${id.slice(0, 60)}": ${key.slice(0, 60)}: expected a text`);
    else if (key === 'hash') binding.hash = text;
    else binding.pairs[key.replace(/^tocsin-/, '')] = text;
    binding.places.set(key.replace(/^tocsin-/, ''), place);
  }
  sidecar.bindings.push(binding);
}

function entriesOf(map: YAMLMap<unknown, unknown>, lines: LineCounter): Entry[] {
  return map.items.map(({ key, value }) => {
    const name = textOf(key) ?? '?';
    const range = isScalar(key) ? key.range : undefined;
    return [
      name,
      value,
      range === null || range === undefined ? START : rangeOf(lines, [range[0], range[1]]),
    ];
  });
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

function isEmpty(node: unknown): boolean {
  return (
    node === null || node === undefined || (isScalar(node) && (node.value === '' || node.value === null))
  );
}

function rangeOf(lines: LineCounter, [from, to]: readonly [number, number]): SourceRange {
  const start = lines.linePos(from);
  const end = lines.linePos(Math.max(to, from));
  return { line: start.line || 1, column: start.col || 1, endLine: end.line || 1, endColumn: end.col || 1 };
}

function wrong(sidecar: Sidecar, source: SourceRange, message: string): void {
  sidecar.problems.push({ code: 'RB303', level: 'error', message, file: sidecar.file, ...source });
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/ at line.*$/, '').slice(0, 120);
}
