import type { Fix, Problem } from '@tocsin/runbook';
import {
  type CodeAction,
  CodeActionKind,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { diagnosticOf, type PageOf } from './diagnostics.ts';
import { comparePositions, rangeOf, touches } from './place.ts';

/** What an editor asks for: the document, the place of the cursor, and the kinds that it wants (all when absent). */
export interface ActionRequest {
  readonly uri: string;
  /** Absent when the client takes no versioned edits. */
  readonly version?: number;
  readonly range: Range;
  readonly only?: readonly string[];
  readonly pageOf: PageOf;
}

/** Quick fixes of the problems at a place, and one action that fixes all safe problems of the document. */
export function codeActionsOf(problems: readonly Problem[], request: ActionRequest): CodeAction[] {
  const all = fixAllOf(problems, request);
  return [
    ...problems
      .filter((problem) => touches(rangeOf(problem), request.range))
      .flatMap((problem) => quickFixOf(problem, request) ?? []),
    ...(all === null ? [] : [all]),
  ].filter((action) => isWanted(action.kind ?? '', request.only));
}

function quickFixOf(problem: Problem, request: ActionRequest): CodeAction | null {
  if (problem.fix === undefined) return null;
  return {
    title: `${problem.code}: ${firstLine(problem.suggestion ?? problem.message)}`,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnosticOf(problem, request.pageOf)],
    isPreferred: problem.fix.safe,
    edit: editOf([textEditOf(problem.fix)], request),
  };
}

function fixAllOf(problems: readonly Problem[], request: ActionRequest): CodeAction | null {
  const edits = safeEdits(problems);
  if (edits.length === 0) return null;
  return {
    title: `Fix all safe problems (${edits.length})`,
    kind: CodeActionKind.SourceFixAll,
    edit: editOf(edits, request),
  };
}

/** Edits of all safe fixes in the order of the text; of two that overlap the first is taken, the other after the next check. */
export function safeEdits(problems: readonly Problem[]): TextEdit[] {
  const edits = problems
    .flatMap(({ fix }) => (fix?.safe === true ? [textEditOf(fix)] : []))
    .toSorted((a, b) => comparePositions(a.range.start, b.range.start));
  const taken: TextEdit[] = [];
  for (const edit of edits) {
    const last = taken.at(-1);
    if (last === undefined || !collides(last, edit)) taken.push(edit);
  }
  return taken;
}

/** Also two insertions at one place collide: their order would be a guess. */
function collides(before: TextEdit, after: TextEdit): boolean {
  const sameStart = comparePositions(before.range.start, after.range.start) === 0;
  return sameStart || comparePositions(after.range.start, before.range.end) < 0;
}

function textEditOf(fix: Fix): TextEdit {
  return { range: rangeOf(fix), newText: fix.text };
}

function editOf(edits: TextEdit[], { uri, version }: ActionRequest): WorkspaceEdit {
  return version === undefined
    ? { changes: { [uri]: edits } }
    : { documentChanges: [{ textDocument: { uri, version }, edits }] };
}

/** A kind is asked for by itself or by a name that it begins with: `source` asks for `source.fixAll`. */
function isWanted(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}

function firstLine(text: string): string {
  const [first = ''] = text.split('\n');
  return first.length > 80 ? `${first.slice(0, 77)}...` : first;
}
