import type { RunbookDocument, Section } from './document/document.ts';
import type { Topic } from './headings/aliases.ts';
import type { Part } from './headings/outline.ts';
import type { Problem, SourceRange } from './plan.ts';

/** What every part of the compiler reads, and where it reports what it cannot read. */
export interface CompileContext {
  document: RunbookDocument;
  parts: Map<Section, Part>;
  byTopic: Map<Topic, Section[]>;
  problems: Problem[];
  /** Ids given so far: an id is unique within the plan. */
  usedIds: Set<string>;
  /** Names that fences give their actions: no other id takes one. */
  reserved: Set<string>;
  /** The last number tried for an id, so that long documents stay linear. */
  lastNumber: Map<string, number>;
}

/** A structural error: without it being mended the plan would lie. */
export function reportError(
  context: CompileContext,
  code: string,
  source: SourceRange,
  message: string,
): void {
  context.problems.push({ code, level: 'error', message, file: context.document.file, ...source });
}

/** Something the plan can live without, though it will not do what the text seems to ask for. */
export function reportWarning(
  context: CompileContext,
  code: string,
  source: SourceRange,
  message: string,
): void {
  context.problems.push({ code, level: 'warning', message, file: context.document.file, ...source });
}

/** The id itself, or with the first free number behind it. */
export function uniqueId(context: CompileContext, wanted: string): string {
  const base = wanted === '' ? 'item' : wanted;
  let id = base;
  let n = context.lastNumber.get(base) ?? 1;
  while (context.usedIds.has(id) || context.reserved.has(id)) {
    n += 1;
    id = `${base}-${n}`;
  }
  context.lastNumber.set(base, n);
  context.usedIds.add(id);
  return id;
}

/** All sections below one, in order. */
export function sectionsBelow(context: CompileContext, above: Section): Section[] {
  const below: Section[] = [];
  for (let at = above.index + 1; at < context.document.sections.length; at += 1) {
    const next = context.document.sections[at];
    if (next === undefined || !next.parents.includes(above)) break;
    below.push(next);
  }
  return below;
}

/** Sections under one of these topics, the topic's own section included, in the order of the document. */
export function sectionsUnder(context: CompileContext, topics: Topic[]): Section[] {
  return topics.flatMap((topic) => context.byTopic.get(topic) ?? []).toSorted((a, b) => a.index - b.index);
}

/** The sections of each topic: its own heading and those below it that open no topic of their own. */
export function sectionsByTopic(sections: Section[], parts: Map<Section, Part>): Map<Topic, Section[]> {
  const topics = new Map<Section, Topic>();
  const byTopic = new Map<Topic, Section[]>();
  for (const section of sections) {
    const part = parts.get(section);
    const parent = section.parents.at(-1);
    const inherited = parent === undefined ? undefined : topics.get(parent);
    const topic = part?.part === 'topic' ? part.topic : inherited;
    if (topic === undefined) continue;
    topics.set(section, topic);
    const known = byTopic.get(topic);
    if (known === undefined) byTopic.set(topic, [section]);
    else known.push(section);
  }
  return byTopic;
}
