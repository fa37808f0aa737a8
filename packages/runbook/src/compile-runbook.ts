import { namesOfFences } from './document/names-of-fences.ts';
import { sectionsByTopic, type CompileContext } from './compile-context.ts';
import type { RunbookDocument } from './document/document.ts';
import { readDocument } from './document/read-document.ts';
import type { Topic } from './headings/aliases.ts';
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
import { applySidecar } from './sidecar/apply-sidecar.ts';
import { readSidecar } from './sidecar/read-sidecar.ts';
import type { Sidecar } from './sidecar/sidecar.ts';
import { sidecarName } from './sidecar/sidecar-name.ts';
import { planHash } from './sidecar/text-hash.ts';

/** Options of the compiler. */
export interface CompileOptions {
  /** The name that problems carry; default `runbook.md`. */
  file?: string;
  /** Text of the `NAME.bind.yaml` beside the document; its problems carry the name that `sidecarName(file)` gives. */
  sidecar?: string;
  /** Headings that mean a topic, beside the published ones and those of the document. */
  headings?: Partial<Record<Topic, string[]>>;
}

/** Compiles a Markdown runbook to its plan. Pure and synchronous; never throws: what is wrong is in `problems`. */
export function compileRunbook(markdown: string, options: CompileOptions = {}): Plan {
  const file = options.file ?? 'runbook.md';
  const sidecar = options.sidecar === undefined ? null : readSidecar(options.sidecar, sidecarName(file));
  const more = [...Object.entries(options.headings ?? {}), ...(sidecar?.headings ?? [])];
  const document = readDocument(markdown, file, more);
  const parts = outlineOf(document);
  const context: CompileContext = {
    document,
    parts,
    byTopic: sectionsByTopic(document.sections, parts),
    problems: [...document.problems],
    usedIds: new Set(),
    reserved: namesOfFences(document.sections.flatMap((section) => section.blocks)),
    lastNumber: new Map(),
  };
  const plan = { ...readPlan(context), hash: planHash(markdown, options.sidecar) };
  if (sidecar !== null) bindTo(context, plan, sidecar);
  return { ...plan, problems: lintPlan({ document, plan }, context.problems) };
}

/** What the document says itself stays; the sidecar adds to it. */
function bindTo({ document, problems }: CompileContext, plan: Plan, sidecar: Sidecar): void {
  plan.settings = { ...sidecar.settings, ...plan.settings };
  const applied = applySidecar(plan, document.file, sidecar);
  for (const problem of applied.problems) problems.push(problem);
  for (const allowance of applied.allowances) document.allowances.push(allowance);
}

function readPlan(context: CompileContext): Plan {
  const { document } = context;
  const roles = readRoles(context);
  const phases = readPhases(context);
  const severities = readSeverities(context);
  return {
    name: nameOf(document),
    hash: '',
    settings: { ...document.frontMatter },
    severities,
    detectors: readDetectors(context),
    roles,
    phases,
    branches: readBranches(context, phases),
    scenarios: readScenarios(context),
    ...readCommunication(context, severities),
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
