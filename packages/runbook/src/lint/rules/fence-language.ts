import { infoOfFence } from '../fence-attribute.ts';
import type { Rule } from '../rule.ts';

/** RB019: commands in a fence without a language are taken for a shell's by their looks only. */
export const fenceLanguage: Rule = {
  code: 'RB019',
  level: 'info',
  find: (context) =>
    context.fences
      .filter((fence) => fence.language === '' && context.actionsOf(fence).length > 0)
      .map((fence) => {
        const { column } = infoOfFence(context.document, fence);
        const { line } = fence.source;
        const source = { line, column: fence.source.column, endLine: line, endColumn: column };
        const at = { line, column, endLine: line, endColumn: column };
        return {
          source,
          message: 'this fence holds commands but names no language: it is taken for bash by its looks',
          suggestion: '```bash',
          fix: { ...at, text: 'bash', safe: true },
        };
      }),
};
