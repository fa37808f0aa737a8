import type { RunbookDocument, Section } from '../document/document.ts';
import { isWindow } from '../grammar/window.ts';
import type { Topic } from './aliases.ts';
import { bareTitle } from './bare-title.ts';
import { conditionOf } from './condition-of.ts';
import { countedPhase, NAMED_PHASE } from './phase-name.ts';
import { severityId, severityRank, withoutSeverityId } from './severity-name.ts';
import { titleWindow } from './title-window.ts';

/** What one heading opens. */
export type Part =
  | { part: 'prose' }
  | { part: 'severity'; id: string | null; name: string }
  | { part: 'phase'; number: number | null; name: string; window: string | null }
  | { part: 'branch'; when: string }
  | { part: 'scenario'; name: string }
  | { part: 'topic'; topic: Topic };

/** Outside a classification section only an unmistakable mark counts: `S3` there is a bucket. */
const LONE_SEVERITY = /\((?:P|SEV-?)\d\)|^(?:P|SEV-?)\d\b/i;
const SCENARIO = /^(?:scenario|szenario|case|failure mode|scénario|escenario)\s*\d{0,3}\s*[:.–—-]\s*(.+)$/i;

interface Reading {
  document: RunbookDocument;
  parts: Map<Section, Part>;
  /** Sections whose title carries a window. */
  timed: Set<Section>;
}

/** Says of every section what it is, from its own heading and the headings around it. */
export function outlineOf(document: RunbookDocument): Map<Section, Part> {
  const timed = new Set(document.sections.filter(hasWindow));
  const reading: Reading = { document, parts: new Map(), timed };
  for (const section of document.sections) reading.parts.set(section, partOf(section, reading));
  return reading.parts;
}

/** The topics a section stands under, the nearest first. */
export function topicsAbove(section: Section, parts: Map<Section, Part>): Topic[] {
  return section.parents
    .map((parent) => parts.get(parent))
    .flatMap((part) => (part?.part === 'topic' ? [part.topic] : []))
    .toReversed();
}

/** The nearest section above that is of this part, or undefined. */
export function nearest(
  section: Section,
  parts: Map<Section, Part>,
  part: Part['part'],
): Section | undefined {
  return section.parents.findLast((parent) => parts.get(parent)?.part === part);
}

function partOf(section: Section, reading: Reading): Part {
  if (section.depth === 0) return { part: 'prose' };
  const above = topicsAbove(section, reading.parts);
  const title = bareTitle(section.title);
  return (
    severityOf(title, above) ??
    scenarioOf(section, title, reading) ??
    phaseOf(section, title, reading) ??
    branchOf(title, section, reading) ??
    topicOf(section, title, reading) ??
    untimedPhaseOf(section, title, reading) ?? { part: 'prose' }
  );
}

function severityOf(title: string, above: Topic[]): Part | undefined {
  const isInside = above[0] === 'classification';
  if (!isInside && (above.length > 0 || !LONE_SEVERITY.test(title))) return undefined;
  const id = severityId(title);
  if (id !== null) return { part: 'severity', id, name: withoutSeverityId(title) || id };
  return isInside && severityRank(title) !== null ? { part: 'severity', id, name: title } : undefined;
}

/** Direct children of the scenarios section, wherever it stands; deeper headings belong to their scenario. */
function scenarioOf(section: Section, title: string, { parts }: Reading): Part | undefined {
  if (nearest(section, parts, 'scenario') !== undefined) return { part: 'prose' };
  const named = SCENARIO.exec(title);
  if (named !== null) return { part: 'scenario', name: named[1] ?? title };
  return topicsAbove(section, parts)[0] === 'scenarios' ? { part: 'scenario', name: title } : undefined;
}

function phaseOf(section: Section, title: string, reading: Reading): Part | undefined {
  const counted = countedPhase(title) ?? { number: null, rest: title, always: false };
  const { name, window } = titleWindow(counted.rest);
  const part: Part = { part: 'phase', number: counted.number, name, window };
  if (counted.always) return part;
  // A heading that is no "Phase" by name but carries a window is one all the same.
  if (!reading.timed.has(section) || reading.document.topicOf(name)?.exact === true) return undefined;
  const [topic = 'phases'] = topicsAbove(section, reading.parts);
  return topic === 'phases' ? part : undefined;
}

/** `Triage`, or a heading below the phases: a phase without a window, unless it only holds phases that have one. */
function untimedPhaseOf(section: Section, title: string, reading: Reading): Part | undefined {
  const isTitle = section.depth === 1 && section.index === 1;
  if (isTitle || nearest(section, reading.parts, 'phase') !== undefined) return undefined;
  const isPhase = isBelowPhases(section, reading) || isNamedPhase(section, title, reading);
  if (!isPhase || holdsTimed(section, reading)) return undefined;
  return { part: 'phase', number: null, name: title, window: null };
}

function isBelowPhases(section: Section, { parts }: Reading): boolean {
  const holder = section.parents.at(-1);
  const part = holder === undefined ? undefined : parts.get(holder);
  return part?.part === 'topic' && part.topic === 'phases';
}

/** A name alone counts where no phase of the document has a window. */
function isNamedPhase(section: Section, title: string, { parts, timed }: Reading): boolean {
  return timed.size === 0 && NAMED_PHASE.test(title) && topicsAbove(section, parts).length === 0;
}

function hasWindow(section: Section): boolean {
  if (!/\d/.test(section.title)) return false;
  const title = bareTitle(section.title);
  const { window } = titleWindow(countedPhase(title)?.rest ?? title);
  return window !== null && isWindow(window);
}

function holdsTimed(section: Section, { document, timed }: Reading): boolean {
  for (let at = section.index + 1; at < document.sections.length; at += 1) {
    const below = document.sections[at];
    if (below === undefined || !below.parents.includes(section)) return false;
    if (timed.has(below)) return true;
  }
  return false;
}

function branchOf(title: string, section: Section, { parts }: Reading): Part | undefined {
  const when = conditionOf(title, nearest(section, parts, 'phase') !== undefined);
  return when === null ? undefined : { part: 'branch', when };
}

/** Sections whose inner headings are names of people, levels or outages, never topics of their own. */
const CLOSED: Topic[] = ['team', 'contacts', 'checklist', 'scenarios', 'classification'];

function topicOf(section: Section, title: string, { document, parts }: Reading): Part | undefined {
  const nearestTopic = topicsAbove(section, parts)[0];
  const isTitle = section.depth === 1 && section.index === 1;
  if (isTitle || (nearestTopic !== undefined && CLOSED.includes(nearestTopic))) return undefined;
  const found = document.topicOf(title);
  // A phase holds steps, not phases.
  if (found === undefined || (found.topic === 'phases' && nearest(section, parts, 'phase') !== undefined))
    return undefined;
  return { part: 'topic', topic: found.topic };
}
