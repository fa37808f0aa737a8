import {
  reportError,
  reportWarning,
  sectionsBelow,
  uniqueId,
  type CompileContext,
} from '../compile-context.ts';
import type { Section } from '../document/document.ts';
import { slug } from '../document/plain-text.ts';
import { rangeOfPart } from '../document/source-range.ts';
import { readWindow, type Window } from '../grammar/window.ts';
import { nearest, type Part } from '../headings/outline.ts';
import type { Phase } from '../plan.ts';
import { stepsOfSection } from './steps.ts';

type PhasePart = Extract<Part, { part: 'phase' }>;

/** Phases in the order of time, with their windows and steps. */
export function readPhases(context: CompileContext): Phase[] {
  const phases: Phase[] = [];
  for (const section of context.document.sections) {
    const part = context.parts.get(section);
    if (part?.part !== 'phase') continue;
    const window = windowOf(context, section, part);
    const assumed = { fromMinutes: phases.at(-1)?.toMinutes ?? 0, toMinutes: null };
    const name = part.name || `Phase ${part.number ?? phases.length + 1}`;
    const prefix = uniqueId(context, slug(name));
    const steps = sectionsOfPhase(context, section).flatMap((own) =>
      stepsOfSection(context, own, { prefix, lead: own === section ? name : own.title }),
    );
    phases.push({
      n: part.number ?? phases.length + 1,
      name,
      ...(window ?? assumed),
      timed: window !== null,
      steps,
      source: section.source,
    });
  }
  return phases.toSorted((a, b) => a.fromMinutes - b.fromMinutes);
}

/** The phase's own section and the headings below it that open nothing else. */
function sectionsOfPhase(context: CompileContext, phase: Section): Section[] {
  const below = sectionsBelow(context, phase).filter((section) => {
    const inBranch = nearest(section, context.parts, 'branch') !== undefined;
    return !inBranch && context.parts.get(section)?.part === 'prose';
  });
  return [phase, ...below];
}

/** The window of a phase's heading, or null when it has none that can be read. */
function windowOf(context: CompileContext, section: Section, part: PhasePart): Window | null {
  const line = {
    text: context.document.lines[section.source.line - 1] ?? '',
    line: section.source.line,
    column: 1,
  };
  if (part.window === null) {
    reportWarning(
      context,
      'RB004',
      section.source,
      `phase "${part.name}" has no window, expected e.g. "(0-5 minutes)"`,
    );
    return null;
  }
  const source = rangeOfPart(line, part.window);
  const window = readWindow(part.window);
  if (window === null) {
    const message = `window: found "(${part.window})", expected e.g. "(0-5 minutes)" or "(60+ minutes)"`;
    reportError(context, 'RB004', source, message);
    return null;
  }
  if (window.toMinutes !== null && window.toMinutes <= window.fromMinutes) {
    const message = `window: found "(${part.window})", expected an end after its beginning`;
    reportError(context, 'RB004', source, message);
    return null;
  }
  return window;
}
