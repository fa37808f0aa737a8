import type { RunbookDocument, Section } from '../document/document.ts';
import { readWindow } from '../grammar/window.ts';
import type { Topic } from './aliases.ts';
import { topicOfHeading } from './topic-of-heading.ts';

/** What one heading opens. */
export type Part =
  | { part: 'prose' }
  | { part: 'severity'; id: string; name: string }
  | { part: 'phase'; number: number | null; name: string; window: string | null }
  | { part: 'branch'; when: string }
  | { part: 'scenario'; name: string }
  | { part: 'topic'; topic: Topic };

const SEVERITY = /^(.*?)\s*[([]?\b(?:P|SEV-?|S)(\d)\b[)\]]?\s*[:–-]?\s*(.*)$/i;
/** Outside a classification section only an unmistakable mark counts: `S3` there is a bucket. */
const LONE_SEVERITY = /\((?:P|SEV-?)\d\)|^(?:P|SEV-?)\d\b/i;
const PHASE = /^(?:phase|stage|schritt|etappe)\s*(\d{1,3})?\s*[:.)–—-]*\s*(.*)$/i;
const IN_BRACKETS = /\(([^()]*)\)/;
const CONDITION =
  /^(?:if|when|in case of|falls|wenn|bei)\s+(?:it'?s|it’s|it is|the cause is|there is|es ist)?\s*(?:an?|the|eine?)?\s*(.+?)\s*:?$/i;
const SCENARIO = /^(?:scenario|szenario|case|failure mode)\s*\d{0,3}\s*[:.–—-]\s*(.+)$/i;

/** Says of every section what it is, from its own heading and the headings above it. */
export function outlineOf(document: RunbookDocument): Map<Section, Part> {
  const parts = new Map<Section, Part>();
  for (const section of document.sections) parts.set(section, partOf(section, parts));
  return parts;
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

function partOf(section: Section, parts: Map<Section, Part>): Part {
  if (section.depth === 0) return { part: 'prose' };
  const above = topicsAbove(section, parts);
  return (
    severityOf(section, above) ??
    scenarioOf(section, above, parts) ??
    phaseOf(section, above) ??
    branchOf(section) ??
    topicOf(section, above) ?? { part: 'prose' }
  );
}

function severityOf(section: Section, above: Topic[]): Part | undefined {
  if (above.length > 0 && above[0] !== 'classification') return undefined;
  if (above.length === 0 && !LONE_SEVERITY.test(section.title)) return undefined;
  const match = SEVERITY.exec(section.title);
  if (match === null) return undefined;
  const name = (match[1] ?? '').trim() || (match[3] ?? '').trim() || `P${match[2]}`;
  return { part: 'severity', id: `P${match[2]}`, name };
}

/** Direct children of the scenarios section, wherever it stands; deeper headings belong to their scenario. */
function scenarioOf(section: Section, above: Topic[], parts: Map<Section, Part>): Part | undefined {
  const named = SCENARIO.exec(section.title);
  if (nearest(section, parts, 'scenario') !== undefined) return { part: 'prose' };
  if (named !== null) return { part: 'scenario', name: named[1] ?? section.title };
  return above[0] === 'scenarios' ? { part: 'scenario', name: section.title } : undefined;
}

function phaseOf(section: Section, above: Topic[]): Part | undefined {
  const bracket = IN_BRACKETS.exec(section.title)?.[1] ?? null;
  const match = PHASE.exec(section.title);
  if (match === null) return timedPhase(section, above, bracket);
  const rest = match[2] ?? '';
  const window = bracket === null && readWindow(rest) !== null ? rest : bracket;
  const number = match[1] === undefined ? null : Number(match[1]);
  return { part: 'phase', number, name: phaseName(rest), window };
}

/** A heading that is no "Phase" by name but carries a window is one all the same. */
function timedPhase(section: Section, above: Topic[], bracket: string | null): Part | undefined {
  if (bracket === null || readWindow(bracket) === null || above.length > 0) return undefined;
  if (topicOfHeading(section.title) !== undefined) return undefined;
  return { part: 'phase', number: null, name: phaseName(section.title), window: bracket };
}

function phaseName(text: string): string {
  const bare = text.replace(IN_BRACKETS, '').replace(/[,:–—-]\s*(?:\d.*)?$/, '');
  return bare.replace(/^\d{1,3}[.)]\s*/, '').trim();
}

function branchOf(section: Section): Part | undefined {
  const match = CONDITION.exec(section.title);
  return match === null ? undefined : { part: 'branch', when: match[1] ?? section.title };
}

/** Sections whose inner headings are names of people, levels or outages, never topics of their own. */
const CLOSED: Topic[] = ['team', 'contacts', 'checklist', 'scenarios', 'classification'];

function topicOf(section: Section, above: Topic[]): Part | undefined {
  const nearestTopic = above[0];
  const isTitle = section.depth === 1 && section.index === 1;
  if (isTitle || (nearestTopic !== undefined && CLOSED.includes(nearestTopic))) return undefined;
  const topic = topicOfHeading(section.title);
  return topic === undefined ? undefined : { part: 'topic', topic };
}
