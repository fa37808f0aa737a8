import type { Fix } from '../../plan.ts';
import { nearestWord } from '../nearest-word.ts';
import { rawAnnotations } from '../raw-annotations.ts';
import type { LintContext, Rule } from '../rule.ts';

/** RB006: an undo must name an action of this document. */
export const unknownUndo: Rule = {
  code: 'RB006',
  level: 'error',
  find: (context) => {
    const ids = new Set(context.actions.map((action) => action.id));
    return context.actions
      .filter((action) => action.undoOf !== undefined && !ids.has(action.undoOf))
      .map((action) => {
        const named = action.undoOf ?? '';
        const near = nearestWord(named, ids);
        const fix =
          near === undefined
            ? undefined
            : renamed(context, context.fenceOf(action)?.source.line, named, near);
        return {
          source: action.source,
          message: `tocsin-undo-of: found "${named}", expected the name of another fence of this document`,
          ...(near === undefined ? {} : { suggestion: `"tocsin-undo-of":"${near}"` }),
          ...(fix === undefined ? {} : { fix }),
        };
      });
  },
};

function renamed(
  context: LintContext,
  line: number | undefined,
  named: string,
  near: string,
): Fix | undefined {
  const info = rawAnnotations(context).find(
    (annotation) => annotation.where === 'fence' && annotation.source.line === line,
  );
  const at = info?.json.search(/"tocsin-undo-of"\s*:\s*"/) ?? -1;
  const from = at < 0 || info === undefined ? -1 : info.json.indexOf(`"${named}"`, at);
  if (info === undefined || from < 0) return undefined;
  const column = info.source.column + from;
  const { line: own } = info.source;
  return {
    line: own,
    column,
    endLine: own,
    endColumn: column + named.length + 2,
    text: JSON.stringify(near),
    safe: false,
  };
}
