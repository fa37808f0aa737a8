import type { Rule } from '../rule.ts';

/** RB024: a fence above the first numbered step runs as a step of its own that nobody named. */
export const fenceBeforeStep: Rule = {
  code: 'RB024',
  level: 'info',
  find: ({ plan, document, actionsOf }) => {
    const phases = new Set(plan.phases.map((phase) => phase.source));
    return document.sections
      .filter((section) => phases.has(section.source))
      .flatMap(({ blocks }) => {
        const first = blocks.findIndex((block) => block.type === 'list' && block.ordered);
        return blocks.slice(0, Math.max(first, 0)).flatMap((block) => {
          if (block.type !== 'fence' || actionsOf(block).length === 0) return [];
          const { line, column } = block.source;
          return [
            {
              source: { line, column, endLine: line, endColumn: column + 3 },
              message: 'commands above the first step of the phase: they become a step that nobody named',
              suggestion: 'put the fence below a numbered item that says what it is for',
            },
          ];
        });
      });
  },
};
