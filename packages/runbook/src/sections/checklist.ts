import type { CompileContext } from '../compile-context.ts';
import { plainText } from '../document/plain-text.ts';
import { rangeOfLine } from '../document/source-range.ts';
import type { ChecklistLine } from '../plan.ts';
import { allItems, itemLine } from './bullets.ts';
import { evidenceOfLine } from './checklist-evidence.ts';

const BOX = /^\[([ xX])\]\s+(.*)$/;

/** Every `- [ ]` line of the document, with the evidence that ticks it where one is known. */
export function readChecklist(context: CompileContext): ChecklistLine[] {
  return context.document.sections.flatMap((section) =>
    allItems(section).flatMap((item) => {
      const line = itemLine(item);
      const box = BOX.exec(line.text);
      if (box === null) return [];
      const text = plainText(box[2] ?? '');
      const evidence = item.annotation?.evidence ?? evidenceOfLine(text);
      const base = { text, done: box[1] !== ' ', source: rangeOfLine(line) };
      return [evidence === undefined ? base : { ...base, evidence }];
    }),
  );
}
