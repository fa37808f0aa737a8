import type { Plan } from '@tocsin/runbook';
import type { EpochMs, QueryAnswer } from '#facts';
import type { Logger } from '#platform';
import type { PrometheusConfig } from '../../prometheus-config.ts';
import { PrometheusError, type Prometheus, type PromSample } from './ask-prometheus.ts';
import { openPrometheus } from './open-prometheus.ts';

/** The runbook's own expressions in PromQL, asked so that its causes can be judged. */
export interface EvidenceQueries {
  /** The newest answer of each expression. */
  answers(): readonly QueryAnswer[];
  /** Asks now what was not asked in the last 2 s. */
  look(): Promise<void>;
  stop(): void;
}

export interface EvidenceQueryOptions {
  /** Absent: every answer says that there is none to ask. */
  readonly prometheus: PrometheusConfig | undefined;
  readonly plan: () => Plan;
  readonly log: Logger;
  readonly now: () => EpochMs;
}

/** Often enough that a suspicion finds an answer; `look` asks at once. */
const everyMs = 15_000;
const shortestGapMs = 2000;
/** More series of one expression are of no use to a reader. */
const mostSeries = 20;

const missing = 'no Prometheus is configured (service.prometheus)';

/** What a runbook asks, each expression once. */
export function evidenceExpressions({ scenarios }: Plan): readonly string[] {
  const found = scenarios.flatMap(({ evidence }) =>
    evidence?.language === 'promql' ? [evidence.expression] : [],
  );
  return [...new Set(found)];
}

/** As Prometheus writes a series: `up{pod="a"}`. */
function written({ __name__: name = '', ...labels }: PromSample['labels']): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(',')}}`;
}

async function answerOf(prometheus: Prometheus, expression: string, at: EpochMs): Promise<QueryAnswer> {
  try {
    const samples = await prometheus.ask(expression);
    const series = samples
      .slice(0, mostSeries)
      .map(({ labels, value }) => ({ labels: written(labels), value }));
    return { at, expression, problem: null, series };
  } catch (error) {
    if (!(error instanceof PrometheusError)) throw error;
    return { at, expression, problem: `Prometheus: ${error.message}`, series: [] };
  }
}

/** Asks the current runbook's expressions every 15 s, one after the other. */
export async function startEvidenceQueries(options: EvidenceQueryOptions): Promise<EvidenceQueries> {
  const { plan, log, now } = options;
  const prometheus = options.prometheus && (await openPrometheus(options.prometheus, log));
  let answers: readonly QueryAnswer[] = [];
  let asking: Promise<void> | null = null;
  let askedAt = -Infinity;

  function keep(answer: QueryAnswer): void {
    const before = answers.find(({ expression }) => expression === answer.expression);
    const { expression, problem } = answer;
    if (problem !== null && problem !== before?.problem) log.warn(`evidence ${expression}: ${problem}`);
    const asked = evidenceExpressions(plan());
    answers = [answer, ...answers.filter((one) => one !== before && asked.includes(one.expression))];
  }

  async function ask(): Promise<void> {
    askedAt = now();
    for (const expression of evidenceExpressions(plan())) {
      const at = now();
      keep(
        prometheus
          ? await answerOf(prometheus, expression, at)
          : { at, expression, problem: missing, series: [] },
      );
    }
  }

  async function look(): Promise<void> {
    if (asking === null && now() - askedAt < shortestGapMs) return;
    asking ??= ask().finally(() => (asking = null));
    await asking;
  }

  const timer = setInterval(() => void look(), everyMs).unref();
  void look();
  return {
    answers: () => answers,
    look,
    stop() {
      clearInterval(timer);
      prometheus?.close();
    },
  };
}
