import { slug } from '../document/plain-text.ts';
import type { Detector, DetectorKind } from '../plan.ts';
import { crashLoopRules } from './detectors/crash-loop.ts';
import { databaseConnectionRules } from './detectors/database-connections.ts';
import { errorRateRules } from './detectors/error-rate.ts';
import { healthCheckRules } from './detectors/health-check.ts';
import { latencyRules } from './detectors/latency.ts';
import { nodeFailureRules } from './detectors/node-failure.ts';
import type { AlertRule, DetectorRules, Draft, ExportContext, Note } from './rule.ts';

/** A file of alerting rules, and what of the document it does not carry. */
export interface PrometheusRules {
  rules: { groups: { name: string; rules: AlertRule[] }[] };
  notes: Note[];
}

const RULES: Partial<Record<DetectorKind, DetectorRules>> = {
  'error-rate': errorRateRules,
  latency: latencyRules,
  'health-check': healthCheckRules,
  'crash-loop': crashLoopRules,
  'database-connections': databaseConnectionRules,
  'node-failure': nodeFailureRules,
};

/** Alerting rules for every detector of the document that Prometheus can measure. Pure. */
export function prometheusRules(context: ExportContext): PrometheusRules {
  const notes: Note[] = [];
  const rules: AlertRule[] = [];
  const used = new Map<string, number>();
  for (const detector of context.plan.detectors) {
    const drafts = draftsOf(detector, context);
    if ('cannot' in drafts)
      notes.push({ line: detector.source.line, text: `"${detector.text}": ${drafts.cannot}` });
    else rules.push(...drafts.map((draft) => ruleOf(context, detector, numbered(draft, used))));
  }
  const name = `tocsin-${slug(context.plan.name) || 'runbook'}`;
  return { rules: { groups: rules.length === 0 ? [] : [{ name, rules }] }, notes };
}

function draftsOf(detector: Detector, { names }: ExportContext): Draft[] | { cannot: string } {
  if (detector.manual) return { cannot: 'people raise it' };
  const rules = RULES[detector.kind];
  if (rules !== undefined) return rules(detector, names);
  return { cannot: detector.bound ? 'it is bound to a metric of its own' : 'nothing measures it' };
}

/** The second rule of a name gets a number: a document may have two limits of a kind. */
function numbered(draft: Draft, used: Map<string, number>): Draft {
  const count = (used.get(draft.alert) ?? 0) + 1;
  used.set(draft.alert, count);
  return count === 1 ? draft : { ...draft, alert: `${draft.alert}${count}` };
}

/** The hash is an annotation: as a label, every edit of the document would end and repeat the alerts that fire. */
function ruleOf(context: ExportContext, detector: Detector, draft: Draft): AlertRule {
  const { plan, file, names, severities } = context;
  const service = plan.settings['service'];
  return {
    alert: draft.alert,
    expr: draft.expr,
    for: names.for,
    labels: {
      severity: severities[draft.rank],
      detector: detector.kind,
      runbook: plain(plan.name),
      ...(service === undefined ? {} : { service: plain(service) }),
    },
    annotations: {
      summary: draft.summary,
      description: plain(detector.text),
      runbook_place: plain(`${file}:${detector.source.line}`),
      runbook_hash: plan.hash,
    },
  };
}

/** Text of the document that Prometheus must not read as a template. */
function plain(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
