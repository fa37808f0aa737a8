import { actionsOfBlocks } from '../actions/actions-of-blocks.ts';
import { uniqueId, type CompileContext } from '../compile-context.ts';
import type { Block, ListItem, Section } from '../document/document.ts';
import { plainText, slug } from '../document/plain-text.ts';
import { rangeOfLine } from '../document/source-range.ts';
import { readHold } from '../grammar/duration-phrases.ts';
import type { Step, StepKind } from '../plan.ts';
import { itemLine, itemText, nestedItems } from './bullets.ts';

/** Steps of one section: its ordered items, else its bullets; fences outside lists become steps of their own. */
export function stepsOfSection(
  context: CompileContext,
  section: Section,
  names: { lead: string; prefix: string },
): Step[] {
  const { prefix } = names;
  if (isProse(section)) return section.blocks.flatMap((block) => stepOfParagraph(context, block, prefix));
  const hasOrdered = section.blocks.some((block) => block.type === 'list' && block.ordered);
  const steps: Step[] = [];
  let { lead } = names;
  for (const block of section.blocks) {
    lead = leadOf(block) || lead;
    const isAside = hasOrdered && block.type === 'list' && !block.ordered;
    if (isAside) addPoints(context, steps.at(-1), block.items);
    else for (const step of stepsOfBlock(context, block, { lead, prefix })) steps.push(step);
  }
  return steps;
}

/** A longer text is to be read, not to be done. */
const MOST_PARAGRAPHS = 20;

function isProse({ blocks }: Section): boolean {
  if (blocks.length > MOST_PARAGRAPHS) return false;
  return blocks.every((block) => block.type === 'paragraph' || block.type === 'html');
}

/** A section of prose alone: each paragraph is something to do. */
function stepOfParagraph(context: CompileContext, block: Block, prefix: string): Step[] {
  if (block.type !== 'paragraph') return [];
  const text = plainText(block.lines.map((line) => line.text).join(' '));
  const title = (/^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text).slice(0, 200).replace(/[.:]$/, '');
  if (title === '') return [];
  const holdMinutes = readHold(text);
  const id = uniqueId(context, `${prefix}-${slug(title) || 'step'}`);
  const hold = holdMinutes === null ? {} : { holdMinutes };
  const kind = kindOf({ hasActions: false, points: [], isHold: holdMinutes !== null });
  return [{ id, title, kind, actions: [], points: [], ...hold, source: block.source }];
}

/** The last line of a paragraph names the fence that follows. */
function leadOf(block: Block): string {
  return block.type === 'paragraph' ? plainText(block.lines.at(-1)?.text ?? '') : '';
}

function stepsOfBlock(
  context: CompileContext,
  block: Block,
  names: { lead: string; prefix: string },
): Step[] {
  if (block.type === 'fence') return stepOfFence(context, block, names);
  return block.type === 'list' ? block.items.map((item) => stepOfItem(context, item, names.prefix)) : [];
}

function stepOfItem(context: CompileContext, item: ListItem, prefix: string): Step {
  const text = itemText(item);
  const bold = /^\s*(?:\[[ xX]\]\s*)?(?:\*\*|__)(.+?):?(?:\*\*|__)/.exec(itemLine(item).text)?.[1];
  const title = (bold === undefined ? withoutBox(text) : restOfTitle(bold, text)).replace(/\s*:$/, '');
  const id = uniqueId(context, `${prefix}-${slug(bold ?? withoutBox(text)) || 'step'}`);
  const actions = actionsOfBlocks(context, item.blocks, id);
  const points = nestedItems(item.blocks).map(itemText);
  const holdMinutes = [text, ...points].map(readHold).find((hold) => hold !== null);
  const kind = kindOf({ hasActions: actions.length > 0, points, isHold: holdMinutes !== undefined });
  const source = rangeOfLine(itemLine(item));
  return { id, title, kind, actions, points, ...(holdMinutes === undefined ? {} : { holdMinutes }), source };
}

/** The whole sentence: `**Acknowledge alert** in monitoring system`. */
function restOfTitle(bold: string, text: string): string {
  return text.length > bold.length + 1 ? withoutBox(text) : plainText(bold);
}

function withoutBox(text: string): string {
  return text.replace(/^\[[ xX]\]\s*/, '');
}

function kindOf(facts: { hasActions: boolean; points: string[]; isHold: boolean }): StepKind {
  if (facts.hasActions) return 'command';
  if (facts.isHold) return 'hold';
  return facts.points.length > 0 && facts.points.every((point) => point.endsWith('?'))
    ? 'questions'
    : 'manual';
}

function stepOfFence(
  context: CompileContext,
  block: Block,
  { lead, prefix }: { lead: string; prefix: string },
): Step[] {
  const title = lead.replace(/\s*:$/, '');
  const wanted = `${prefix}-${slug(title) || 'step'}`;
  const actions = actionsOfBlocks(context, [block], wanted);
  if (actions.length === 0) return [];
  const id = uniqueId(context, wanted);
  return [{ id, title, kind: 'command', actions, points: [], source: block.source }];
}

/** Bullets between two numbered steps belong to the step before them. */
function addPoints(context: CompileContext, step: Step | undefined, items: ListItem[]): void {
  if (step === undefined) return;
  const blocks = items.flatMap((item) => item.blocks);
  step.points = [...step.points, ...items.map(itemText)];
  step.actions = [...step.actions, ...actionsOfBlocks(context, blocks, step.id)];
  const holdMinutes = step.points.map(readHold).find((hold) => hold !== null);
  if (holdMinutes !== undefined) step.holdMinutes ??= holdMinutes;
  const isHold = step.holdMinutes !== undefined;
  step.kind = kindOf({ hasActions: step.actions.length > 0, points: step.points, isHold });
}
