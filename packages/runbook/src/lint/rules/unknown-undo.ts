import { allActions, type Rule } from '../rule.ts';

/** RB006: an undo must name an action of this document. */
export const unknownUndo: Rule = {
  code: 'RB006',
  level: 'error',
  find: ({ plan }) => {
    const actions = allActions(plan);
    const ids = new Set(actions.map((action) => action.id));
    return actions
      .filter((action) => action.undoOf !== undefined && !ids.has(action.undoOf))
      .map((action) => ({
        source: action.source,
        message: `tocsin-undo-of: found "${action.undoOf}", expected the name of another fence of this document`,
      }));
  },
};
