import { reportError, uniqueId, type CompileContext } from '../compile-context.ts';
import type { Annotation, FenceBlock } from '../document/document.ts';
import { slug } from '../document/plain-text.ts';
import { effectOfPipeline } from '../effect/effect-of-argv.ts';
import { placeholdersIn } from '../grammar/placeholder.ts';
import type { Action, SourceRange } from '../plan.ts';
import { annotate } from './annotate.ts';
import { approvalsOf } from './approvals-of.ts';
import { parseStatements, type Statement } from './parse-statements.ts';
import { shellOfFence } from './shell-of-fence.ts';
import { timeLimitMs } from './time-limit.ts';
import { whyManual } from './why-manual.ts';

/** One action a statement; `prefix` starts their ids unless the fence carries a name. */
export function actionsOfFence(context: CompileContext, fence: FenceBlock, prefix: string): Action[] {
  const code = shellOfFence(fence);
  if (code === null) return [];
  const statements = parseStatements(code);
  const pairs = fence.annotation ?? {};
  const name = slug(pairs.name ?? '');
  const lineOffsets = offsetsOfLines(code);
  return statements.map((statement, index) => {
    const own = name === '' ? `${prefix}-${index + 1}` : nameOf(name, index);
    if (name !== '') context.reserved.delete(own);
    const id = nextId(context, own, name === '' ? prefix : name);
    return actionOf(context, { fence, statement, id, pairs, lineOffsets });
  });
}

interface Making {
  fence: FenceBlock;
  statement: Statement;
  id: string;
  pairs: Annotation;
  lineOffsets: number[];
}

function nameOf(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`;
}

/** Ids of several fences under one heading count on: `node-issue-1`, `node-issue-2`. */
function nextId(context: CompileContext, wanted: string, base: string): string {
  if (!context.usedIds.has(wanted)) return uniqueId(context, wanted);
  let n = context.lastNumber.get(base) ?? 1;
  while (context.usedIds.has(`${base}-${n}`)) n += 1;
  context.lastNumber.set(base, n);
  return uniqueId(context, `${base}-${n}`);
}

function actionOf(context: CompileContext, making: Making): Action {
  const { fence, statement, id, pairs } = making;
  const { pipeline, label } = statement;
  const effect = pipeline === null ? 'mutate' : effectOfPipeline(pipeline);
  const manual = pipeline === null ? (statement.reason ?? 'it is no simple command') : whyManual(pipeline);
  const source = rangeInFence(making);
  const plain: Action = {
    id,
    ...(label === undefined ? {} : { label }),
    source,
    text: statement.text,
    pipeline,
    effect,
    approvals: approvalsOf[effect],
    placeholders: placeholdersIn(statement.text),
    timeoutMs: timeLimitMs(pipeline, effect),
    ...(manual === null ? {} : { manual }),
  };
  const { action, wrong } = annotate(plain, pairs);
  for (const message of wrong) reportError(context, 'RB003', fence.source, message);
  return action;
}

function rangeInFence(making: Making): SourceRange {
  const start = placeOf(making, making.statement.start);
  const end = placeOf(making, making.statement.end);
  return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

function placeOf({ fence, lineOffsets }: Making, offset: number): { line: number; column: number } {
  const index = lastNotAfter(lineOffsets, offset);
  const start = fence.starts[index] ?? { line: fence.source.line, column: 1 };
  return { line: start.line, column: start.column + offset - (lineOffsets[index] ?? 0) };
}

function offsetsOfLines(code: string): number[] {
  const offsets = [0];
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) offsets.push(at + 1);
  return offsets;
}

/** Index of the last of the ascending `offsets` that is not after `offset`. */
function lastNotAfter(offsets: number[], offset: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((offsets[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
