import { Environment } from '@marcbachmann/cel-js';
import type { Annotation } from '../document/document.ts';
import type { ScenarioEvidence } from '../plan.ts';

/** What a CEL expression may look at: the facts of the watched service, by name. docs/own-causes.md describes each. */
export const FACT_NAMES = [
  'at',
  'service',
  'probes',
  'pending',
  'controls',
  'directReads',
  'metrics',
  'cluster',
  'logSignatures',
  'checks',
  'alerts',
  'reports',
] as const;

export type EvidenceResult = { evidence: ScenarioEvidence } | { wrong: string };

const USUAL_CONFIDENCE = 0.7;
/** A list names its subjects; a truth is about the subject of the annotation. */
const ANSWERS = new Set(['bool', 'list', 'dyn']);

/** Reads what makes a cause of a runbook's own; undefined when the annotation binds no evidence. */
export function readScenarioEvidence(annotation: Annotation): EvidenceResult | undefined {
  const { evidence, subject = null } = annotation;
  if (evidence === undefined) return undefined;
  const said = languageOf(evidence);
  if (said === null)
    return {
      wrong: `evidence: found ${quoted(evidence)}, expected "cel: EXPRESSION" or "promql: EXPRESSION"`,
    };
  const confidence = Number(annotation.confidence ?? USUAL_CONFIDENCE);
  const wrong = wrongSubject(subject) ?? wrongConfidence(annotation, confidence) ?? wrongExpression(said);
  return wrong === undefined ? { evidence: { ...said, subject, confidence } } : { wrong };
}

type Said = Pick<ScenarioEvidence, 'language' | 'expression'>;

function languageOf(evidence: string): Said | null {
  const [, language, expression = ''] = /^(cel|promql):\s*([^]*)$/.exec(evidence.trim()) ?? [];
  const known = language === 'cel' || language === 'promql';
  return known && expression !== '' ? { language, expression } : null;
}

function wrongSubject(subject: string | null): string | undefined {
  if (subject === null || /^[a-z]+\/\S+$/.test(subject)) return undefined;
  return `subject: found ${quoted(subject)}, expected KIND/NAME such as "deployment/orders"`;
}

function wrongConfidence(given: Annotation, confidence: number): string | undefined {
  if (confidence >= 0.5 && confidence <= 1) return undefined;
  return `confidence: found ${quoted(given.confidence ?? '')}, expected a number from 0.5 to 1`;
}

/** CEL as evidence is written in: it knows the facts and nothing else. */
export function celOfFacts(): Environment {
  const environment = new Environment({ unlistedVariablesAreDyn: false });
  for (const name of FACT_NAMES) environment.registerVariable(name, 'dyn');
  return environment;
}

function wrongExpression({ language, expression }: Said): string | undefined {
  if (language === 'promql') return undefined;
  const checked = celOfFacts().check(expression);
  if (!checked.valid) return `evidence: ${checked.error?.message.split('\n')[0]?.trim() ?? 'not CEL'}`;
  const type = checked.type ?? 'dyn';
  if (ANSWERS.has(type.replace(/<.*/, ''))) return undefined;
  return `evidence: the expression gives a ${type}, expected true or false, or a list of subjects`;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
