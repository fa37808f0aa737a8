import { type Action, bindPlaceholders, isSecretPlaceholder, type Plan } from '@tocsin/runbook';
import type { Hover, Position, Range } from 'vscode-languageserver/node';
import { actionsOf } from './actions-of.ts';
import type { LintPage } from './lint-page.ts';
import { holds, rangeOf } from './place.ts';

/** A document as hover sees it. */
export interface HoverContext {
  readonly plan: Plan;
  /** Text of the line that the position is on. */
  readonly line: string;
  readonly pageOf: (code: string) => LintPage | null;
}

/** What stands under the cursor: a lint code, a placeholder, or a command; null for everything else. */
export function hoverAt(at: Position, context: HoverContext): Hover | null {
  return codeHover(at, context) ?? placeholderHover(at, context) ?? actionHover(at, context);
}

function codeHover(at: Position, { line, pageOf }: HoverContext): Hover | null {
  const word = wordAt(line, /\bRB\d{3}\b/g, at);
  const page = word === null ? null : pageOf(word.text);
  if (word === null || page === null) return null;
  return hover(word.range, [`**${page.title}**`, page.why, `[${word.text}](${page.href})`]);
}

function placeholderHover(at: Position, { line, plan }: HoverContext): Hover | null {
  const word = wordAt(line, /<[a-z][a-z0-9-]*>/g, at);
  const name = word?.text.slice(1, -1) ?? '';
  const users = actionsOf(plan).filter((action) => action.placeholders.includes(name));
  if (word === null || users.length === 0) return null;
  return hover(word.range, [
    `**\`<${name}>\`**, a value for ${users.length} command${users.length === 1 ? '' : 's'} of this runbook`,
    sourceOf(name, plan),
    ...expectedOf(name),
  ]);
}

function sourceOf(name: string, plan: Plan): string {
  const declared = plan.settings[`placeholders.${name}`];
  if (declared !== undefined) return `Comes from: \`${declared}\` (front matter)`;
  if (isSecretPlaceholder(name)) return 'A secret: name a reference in the front matter.';
  return 'Filled from the diagnosis where that names one, otherwise asked for.';
}

/** The binder itself says what it would take. */
function expectedOf(name: string): string[] {
  const result = bindPlaceholders(
    { pipeline: [[`<${name}>`]], placeholders: [name], effect: 'read' },
    { [name]: '' },
  );
  return 'invalid' in result ? result.invalid.map(({ expected }) => `Expected: ${expected}`) : [];
}

function actionHover(at: Position, { plan }: HoverContext): Hover | null {
  const action = actionsOf(plan).find((one) => holds(rangeOf(one.source), at));
  if (action === undefined) return null;
  return hover(rangeOf(action.source), [
    `**${action.effect}** · ${approvalsOf(action)} · time limit ${action.timeoutMs / 1000} s`,
    howItRuns(action),
    ...(action.placeholders.length === 0
      ? []
      : [`Placeholders: ${action.placeholders.map((name) => `\`<${name}>\``).join(', ')}`]),
    ...guardsOf(action),
  ]);
}

function approvalsOf({ approvals }: Action): string {
  if (approvals === 0) return 'runs without approval';
  return approvals === 1 ? '1 approval' : `${approvals} approvals`;
}

function howItRuns({ pipeline, manual }: Action): string {
  if (manual !== undefined) return `By hand: ${manual}`;
  const argvs = (pipeline ?? []).map((argv) => JSON.stringify(argv));
  return ['Runs without a shell, as arguments:', '```json', argvs.join('\n| '), '```'].join('\n');
}

function guardsOf(action: Action): string[] {
  return [
    ...(action.check === undefined ? [] : [`Only when \`${action.check}\` holds`]),
    ...(action.probe === undefined ? [] : [`Answered by the probe \`${action.probe}\``]),
    ...(action.purpose === 'verify' ? ['Proves that the change before it worked'] : []),
    ...(action.undoOf === undefined ? [] : [`Takes back \`${action.undoOf}\``]),
  ];
}

function hover(range: Range, paragraphs: readonly string[]): Hover {
  return { contents: { kind: 'markdown', value: paragraphs.join('\n\n') }, range };
}

/** The match of a pattern that the position stands in, with its range. */
function wordAt(line: string, pattern: RegExp, at: Position): { text: string; range: Range } | null {
  for (const match of line.matchAll(pattern)) {
    const range = {
      start: { line: at.line, character: match.index },
      end: { line: at.line, character: match.index + match[0].length },
    };
    if (holds(range, at)) return { text: match[0], range };
  }
  return null;
}
