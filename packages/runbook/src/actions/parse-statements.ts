import { parse, type Statement as ShellStatement } from 'unbash';
import { opaquePlaceholders, type OpaqueCode } from './opaque-placeholders.ts';
import { pipelineOf } from './pipeline-of.ts';

/** One statement of a shell text; `start` and `end` are offsets into it. */
export interface Statement {
  text: string;
  start: number;
  end: number;
  label?: string;
  pipeline: string[][] | null;
  /** Why there is no pipeline. */
  reason?: string;
}

/** Splits shell text into statements with argv pipelines where they have one. Never throws, loses no statement. */
export function parseStatements(code: string): Statement[] {
  const opaque = opaquePlaceholders(code);
  if (opaque === null) return [whole(code, 0, 'it contains characters of a private use area')];
  let script;
  try {
    script = parse(opaque.code);
  } catch (error) {
    return [whole(code, 0, `the shell grammar does not read it: ${String(error)}`)];
  }
  const broken = script.errors?.[0];
  const brokenLine = broken === undefined ? 0 : startOfLine(opaque.code, broken.pos);
  const isSound = ({ end }: ShellStatement): boolean =>
    broken === undefined || (end <= brokenLine && isEnded(opaque.code, end));
  const good = script.commands.filter(isSound);
  const statements = good.map((command) => statementOf(code, opaque, command));
  if (broken !== undefined) {
    const from = good.at(-1)?.end ?? 0;
    statements.push(whole(code, from, `the shell grammar does not read it: ${broken.message}`));
  }
  return withLabels(
    code,
    statements.filter((statement) => statement.text !== ''),
  );
}

function statementOf(code: string, opaque: OpaqueCode, command: ShellStatement): Statement {
  const { pos: start, end } = command;
  const text = code.slice(start, end);
  const result = isEnded(opaque.code, end)
    ? pipelineOf(command, opaque.code)
    : { reason: `the shell grammar does not read what follows: ${opaque.code.slice(end, end + 40).trim()}` };
  if ('reason' in result) return { text, start, end, pipeline: null, reason: opaque.restore(result.reason) };
  return { text, start, end, pipeline: result.pipeline.map((argv) => argv.map(opaque.restore)) };
}

/** What may follow a whole statement on its line; the grammar leaves out what it cannot place, such as a bracket. */
const ENDED = /[ \t]*(?:[;&#\n]|$)/y;

function isEnded(code: string, at: number): boolean {
  ENDED.lastIndex = at;
  return ENDED.test(code);
}

/** A command on the line of an error is not sound either: `a |` is more than `a`. */
function startOfLine(code: string, at: number): number {
  return code.lastIndexOf('\n', at - 1) + 1;
}

function whole(code: string, from: number, reason: string): Statement {
  const rest = code.slice(from);
  const start = from + (rest.length - rest.trimStart().length);
  const text = rest.trim();
  return { text, start, end: start + text.length, pipeline: null, reason };
}

/** A comment labels the statements under it, up to the next blank line or comment. */
function withLabels(code: string, statements: Statement[]): Statement[] {
  let previousEnd = 0;
  let label: string | undefined;
  return statements.map((statement) => {
    const gap = code.slice(previousEnd, statement.start).split('\n');
    previousEnd = statement.end;
    const above = gap.slice(statement === statements[0] ? 0 : 1, -1).map((line) => line.trim());
    if (above.includes('')) label = undefined;
    const comments = above.slice(above.lastIndexOf('') + 1).filter((line) => line.startsWith('#'));
    if (comments.length > 0) label = comments.map((line) => line.replace(/^#+\s*/, '')).join(' ');
    return label === undefined ? statement : { ...statement, label };
  });
}
