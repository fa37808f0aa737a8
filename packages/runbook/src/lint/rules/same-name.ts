import { slug } from '../../document/plain-text.ts';
import type { FenceBlock } from '../../document/document.ts';
import type { Action, SourceRange } from '../../plan.ts';
import { infoOfFence } from '../fence-attribute.ts';
import type { Finding, LintContext, Rule } from '../rule.ts';

/** RB018: two fences or two steps of one name: an approval, an undo or a report may mean either. */
export const sameName: Rule = {
  code: 'RB018',
  level: 'warning',
  find: (context) => [...sameFenceName(context), ...sameTitle(context)],
};

function sameFenceName(context: LintContext): Finding[] {
  const firstLine = new Map<string, number>();
  return context.fences.flatMap((fence) => {
    const name = fence.annotation?.['name'] ?? '';
    const key = slug(name);
    const actions = context.actionsOf(fence);
    if (key === '' || actions.length === 0) return [];
    const first = firstLine.get(key);
    firstLine.set(key, first ?? fence.source.line);
    if (first === undefined) return [];
    const message = `the name "${name}" is that of the fence in line ${first}, too`;
    return [{ source: lineOf(fence), message, ...renamed(context, fence, actions) }];
  });
}

function lineOf({ source }: FenceBlock): SourceRange {
  return { ...source, endLine: source.line, endColumn: source.column };
}

/** The first action goes by another id already; where it is the only one, writing that down changes nothing. */
function renamed(context: LintContext, fence: FenceBlock, actions: Action[]): Partial<Finding> {
  const info = infoOfFence(context.document, fence);
  const match = /"name"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(info.text);
  const id = actions[0]?.id ?? '';
  if (match === null) return {};
  const column = info.column + match.index + match[0].length - (match[1] ?? '').length;
  const { line } = fence.source;
  const source = { line, column, endLine: line, endColumn: column + (match[1] ?? '').length };
  const fix = { ...source, text: JSON.stringify(id), safe: actions.length === 1 };
  return { source, suggestion: `"name":"${id}"`, fix };
}

function sameTitle({ plan }: LintContext): Finding[] {
  return plan.phases.flatMap((phase) => {
    const firstLine = new Map<string, number>();
    return phase.steps.flatMap((step): Finding[] => {
      const title = slug(step.title);
      const first = firstLine.get(title);
      firstLine.set(title, first ?? step.source.line);
      // Fences below one lead have no titles of their own.
      if (first === undefined || title === '' || step.source.line !== step.source.endLine) return [];
      const message = `the step "${step.title}" stands in line ${first} of this phase, too`;
      return [
        { source: step.source, message, level: 'info', suggestion: 'a title that says what is different' },
      ];
    });
  });
}
