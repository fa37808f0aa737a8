import { celOfFacts, ownCause, type Plan, type Scenario as PlanScenario } from '@tocsin/runbook';
import type { Facts } from '#facts';
import type { CaseFile } from './case-file.ts';
import type { Finding, Scenario } from './scenario.ts';

type Evidence = NonNullable<PlanScenario['evidence']>;
type Bound = PlanScenario & { readonly evidence: Evidence };
/** What the evidence says: subjects to blame, none when it does not hold; or why it could not be judged. */
type Answer =
  | { readonly subjects: readonly string[]; readonly because: string }
  | { readonly unjudged: string };
type Judge = (file: CaseFile, usual: string) => Answer;

const known = new WeakMap<Plan, readonly Scenario[]>();

/** The causes that a runbook defines by evidence of its own. docs/own-causes.md says how they are written. */
export function ownCauses(plan: Plan): readonly Scenario[] {
  const compiled =
    known.get(plan) ??
    plan.scenarios.filter((one): one is Bound => one.evidence !== undefined).map(scenarioOf);
  known.set(plan, compiled);
  return compiled;
}

function scenarioOf({ id, name, evidence }: Bound): Scenario {
  const cause = ownCause(id);
  const judge = judges[evidence.language](evidence.expression);
  const answerOf = (file: CaseFile): Answer => judge(file, evidence.subject ?? file.workloadSubject);
  return {
    id: cause,
    ruledOut: (file) => {
      const answer = answerOf(file);
      return 'unjudged' in answer
        ? `its evidence could not be judged: ${answer.unjudged}`
        : `the evidence of "${name}" does not hold`;
    },
    find: (file) => {
      const answer = answerOf(file);
      if ('unjudged' in answer) return [];
      return answer.subjects.map((subject): Finding => ({
        id: cause,
        subject,
        confidence: evidence.confidence,
        for: [`the runbook's evidence of "${name}" holds: ${answer.because}`],
        against: [],
        settles: [],
      }));
    },
  };
}

const judges: Readonly<Record<Evidence['language'], (expression: string) => Judge>> = {
  cel: judgeCel,
  promql: judgePromql,
};

/** An expression that fails, because a fact is not there, holds nothing. */
function judgeCel(expression: string): Judge {
  const evaluate = celOfFacts().parse(expression);
  return ({ facts }, usual) => {
    try {
      const value: unknown = evaluate({ ...facts });
      if (Array.isArray(value))
        return { subjects: value.filter((one) => typeof one === 'string'), because: expression };
      if (typeof value === 'boolean') return { subjects: value ? [usual] : [], because: expression };
      return { unjudged: `it gave ${typeof value}, expected true or false, or a list of subjects` };
    } catch (error) {
      return { unjudged: (error as Error).message.split('\n')[0] ?? 'it failed' };
    }
  };
}

const answerFreshMs = 60_000;

/** Prometheus answers series where the expression holds, and none where it does not. */
function judgePromql(expression: string): Judge {
  return ({ facts }, usual) => {
    const answer = answerTo(facts, expression);
    if (answer === undefined) return { unjudged: 'Prometheus has not answered it' };
    if (answer.problem !== null) return { unjudged: answer.problem };
    const [first] = answer.series;
    if (first === undefined) return { subjects: [], because: expression };
    const more = answer.series.length > 1 ? ` and ${answer.series.length - 1} more series` : '';
    return { subjects: [usual], because: `${expression} is ${first.value} for ${first.labels}${more}` };
  };
}

function answerTo(facts: Facts, expression: string) {
  return facts.queries?.find((one) => one.expression === expression && one.at > facts.at - answerFreshMs);
}
