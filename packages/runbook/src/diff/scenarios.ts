import type { Plan, Scenario } from '../plan.ts';
import { headingChange } from './causes.ts';
import type { Change } from './change.ts';
import { pairUp, type Paired } from './pair-up.ts';
import { quote } from './phrases.ts';
import { textChanges } from './text-changes.ts';

const commandsOf = ({ actions }: Scenario): string => actions.map(({ text }) => text).join('\n');
const wordsOf = ({ symptoms }: Scenario): string => symptoms.join('\n');

/** The scenarios of both documents, matched by heading, then by content, then by causes. */
export function pairScenarios(old: Plan, next: Plan): Paired<Scenario> {
  return pairUp(old.scenarios, next.scenarios, {
    keys: [
      (scenario) => `${scenario.name} ${commandsOf(scenario)}`,
      ({ name }) => name,
      (scenario) => (scenario.actions.length === 0 ? null : commandsOf(scenario)),
    ],
    text: (scenario) => [scenario.name, wordsOf(scenario), commandsOf(scenario)].join('\n'),
    lastKeys: [({ causes }) => (causes.length === 0 ? null : causes.toSorted().join(' '))],
  });
}

/** Headings, causes and symptoms of matched scenarios, their commands aside. */
export function scenarioChanges({ pairs }: Paired<Scenario>): Change[] {
  return pairs.flatMap(({ old, next }) => {
    const name = `symptom of scenario ${quote(next.name)}`;
    const places = { old: old.source, next: next.source };
    return [
      ...headingChange('scenario', old, next),
      ...evidenceChange(old, next),
      ...textChanges({ kind: 'symptom', name, guards: false, ...places }, old.symptoms, next.symptoms),
    ];
  });
}

/** How its own evidence is found; whether it has any is said with its causes. */
function evidenceChange(old: Scenario, next: Scenario): Change[] {
  const [before, after] = [sayEvidence(old), sayEvidence(next)];
  if (before === after || before === '' || after === '') return [];
  const text = `evidence of scenario ${quote(next.name)}: ${before} -> ${after}`;
  return [
    {
      kind: 'causes',
      what: 'changed',
      text,
      weight: 'neutral',
      before,
      after,
      old: old.source,
      next: next.source,
    },
  ];
}

function sayEvidence({ evidence }: Scenario): string {
  if (evidence === undefined) return '';
  const { language, expression, subject, confidence } = evidence;
  return `${language} ${quote(expression)} on ${subject ?? 'the deployment'}, ${confidence} sure`;
}
