import { actionsOfBlocks } from '../actions/actions-of-blocks.ts';
import { sectionsBelow, uniqueId, type CompileContext } from '../compile-context.ts';
import type { Section } from '../document/document.ts';
import { slug } from '../document/plain-text.ts';
import { nearest } from '../headings/outline.ts';
import type { Action, Branch, Phase, SourceRange } from '../plan.ts';
import { causesOrNamed } from './causes.ts';

/** Branches (`If it's a Node Issue`) wherever they stand, as far as they hold actions or belong to a phase. */
export function readBranches(context: CompileContext, phases: Phase[]): Branch[] {
  const numbers = new Map(phases.map((phase) => [phase.source, phase.n]));
  return context.document.sections.flatMap((section) => {
    const part = context.parts.get(section);
    if (part?.part !== 'branch') return [];
    const phase = phaseOf(context, section, numbers);
    const prefix = slug(part.when) || 'branch';
    const actions = actionsBelow(context, section, prefix);
    if (actions.length === 0 && phase === null) return [];
    const causes = causesOrNamed(part.when, section.annotation?.causes);
    return [
      { id: uniqueId(context, prefix), phase, when: part.when, causes, actions, source: section.source },
    ];
  });
}

/** Actions of a section and of all headings below it. */
export function actionsBelow(context: CompileContext, section: Section, prefix: string): Action[] {
  const sections = [section, ...sectionsBelow(context, section)];
  return sections.flatMap((own) => actionsOfBlocks(context, own.blocks, prefix));
}

function phaseOf(context: CompileContext, section: Section, phases: Map<SourceRange, number>): number | null {
  const phase = nearest(section, context.parts, 'phase');
  return phase === undefined ? null : (phases.get(phase.source) ?? null);
}
