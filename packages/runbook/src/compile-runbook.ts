import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CompileContext } from './compile-context.ts';
import type { RunbookDocument } from './document/document.ts';
import { readDocument } from './document/read-document.ts';
import { outlineOf } from './headings/outline.ts';
import { lintPlan } from './lint/lint-plan.ts';
import type { Phase, Plan } from './plan.ts';
import { readBranches } from './sections/branches.ts';
import { readChecklist } from './sections/checklist.ts';
import { readCommunication } from './sections/communication.ts';
import { readContacts } from './sections/contacts.ts';
import { readDetectors } from './sections/detectors.ts';
import { readEscalation } from './sections/escalation.ts';
import { readPhases } from './sections/phases.ts';
import { readRoles } from './sections/roles.ts';
import { readScenarios } from './sections/scenarios.ts';
import { readSeverities } from './sections/severities.ts';

/** Options of the compiler: `file` is the name that problems carry (default `runbook.md`). */
export interface CompileOptions {
  file?: string;
}

/** Compiles a Markdown runbook to its plan. Pure and synchronous; never throws: what is wrong is in `problems`. */
export function compileRunbook(markdown: string, options: CompileOptions = {}): Plan {
  const document = readDocument(markdown, options.file ?? 'runbook.md');
  const context: CompileContext = {
    document,
    parts: outlineOf(document),
    problems: [...document.problems],
    usedIds: new Set(),
    lastNumber: new Map(),
  };
  const plan = { ...readPlan(context), hash: bytesToHex(sha256(utf8ToBytes(markdown))) };
  return { ...plan, problems: lintPlan({ document, plan }, context.problems) };
}

function readPlan(context: CompileContext): Plan {
  const { document } = context;
  const roles = readRoles(context);
  const phases = readPhases(context);
  return {
    name: nameOf(document),
    hash: '',
    settings: { ...document.frontMatter },
    severities: readSeverities(context),
    detectors: readDetectors(context),
    roles,
    phases,
    branches: readBranches(context, phases),
    scenarios: readScenarios(context),
    ...readCommunication(context),
    escalation: readEscalation(context, roles),
    contacts: readContacts(context, roles),
    checklist: readChecklist(context),
    stabilityMinutes: stabilityOf(phases),
    problems: [],
  };
}

function nameOf(document: RunbookDocument): string {
  const titled = document.sections.filter((section) => section.title !== '');
  const first = titled.find((section) => section.depth === 1) ?? titled[0];
  return first?.title ?? document.file.replace(/^.*[\\/]/, '').replace(/\.md$/i, '');
}

/** The hold of the last phase that has one: how long a recovered service must stay healthy. */
function stabilityOf(phases: Phase[]): number | null {
  const holds = phases.flatMap((phase) => phase.steps.flatMap((step) => step.holdMinutes ?? []));
  return holds.at(-1) ?? null;
}
