import { sectionsBelow, uniqueId, type CompileContext } from '../compile-context.ts';
import type { Section } from '../document/document.ts';
import { keyAndValue, slug } from '../document/plain-text.ts';
import type { Scenario } from '../plan.ts';
import { actionsBelow } from './branches.ts';
import { itemText, itemsOf } from './bullets.ts';
import { causesOrNamed, ownCause } from './causes.ts';
import { readScenarioEvidence } from './scenario-evidence.ts';

const SYMPTOMS =
  /^(?:symptoms?|signs?|signals?|symptome?|anzeichen|symptômes?|signes?|síntomas?|señales)\s*:?$/i;

/** Named outages with their symptoms and the actions that resolve them. */
export function readScenarios(context: CompileContext): Scenario[] {
  return context.document.sections.flatMap((section) => {
    const part = context.parts.get(section);
    if (part?.part !== 'scenario') return [];
    const id = uniqueId(context, slug(part.name) || 'scenario');
    const actions = actionsBelow(context, section, id);
    const named = causesOrNamed(part.name, section.annotation?.causes);
    const read = readScenarioEvidence(section.annotation ?? {});
    const own = read !== undefined && 'evidence' in read ? { evidence: read.evidence } : {};
    return [
      {
        id,
        name: part.name,
        symptoms: symptomsOf(context, section),
        causes: 'evidence' in own ? [...named, ownCause(id)] : named,
        ...own,
        actions,
        source: section.source,
      },
    ];
  });
}

function symptomsOf(context: CompileContext, section: Section): string[] {
  const heading = sectionsBelow(context, section).find((below) => SYMPTOMS.test(below.title));
  if (heading !== undefined) return itemsOf(heading.blocks).map(itemText);
  let listFollows = false;
  for (const block of section.blocks) {
    if (block.type === 'list' && listFollows) return itemsOf([block]).map(itemText);
    const pairs = linesOf(block).map(keyAndValue);
    const pair = pairs.find((candidate) => SYMPTOMS.test(candidate.key));
    if (pair !== undefined && pair.value !== '') return pair.value.split(/\s*[,;]\s+/);
    listFollows = pair !== undefined;
  }
  return [];
}

function linesOf(block: Section['blocks'][number]): string[] {
  if (block.type === 'paragraph') return block.lines.map((line) => line.text);
  return block.type === 'list' ? block.items.map(itemText) : [];
}
