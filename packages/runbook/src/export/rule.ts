import type { Detector, Plan } from '../plan.ts';
import type { MetricNames } from './metric-names.ts';

/** An alerting rule of Prometheus. */
export interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** Something of the document that the export cannot carry, with its line where it has one. */
export interface Note {
  line?: number;
  text: string;
}

/** What rules are made from. `file` is the name that places in annotations carry. */
export interface ExportContext {
  plan: Plan;
  file: string;
  names: MetricNames;
  severities: Record<Rank, string>;
}

/** How grave a rule is: the first, second and third severity of the document. */
export type Rank = 'critical' | 'major' | 'minor';

/** One rule of a detector before labels and annotations are added. */
export interface Draft {
  /** CamelCase name of the alert. */
  alert: string;
  expr: string;
  rank: Rank;
  /** One line; may use templates of Prometheus. */
  summary: string;
}

/** The rules of one kind of detector, or why there are none. */
export type DetectorRules = (detector: Detector, names: MetricNames) => Draft[] | { cannot: string };

/** `{a="b",c="d"}` from matchers that may be empty. */
export function selectorOf(...matchers: string[]): string {
  const given = matchers.map((one) => one.trim()).filter((one) => one !== '');
  return given.length === 0 ? '' : `{${given.join(',')}}`;
}

/** True when the names say that tenants can be told apart. */
export function hasTenants(names: MetricNames): boolean {
  return names['tenant-label'] !== 'none';
}
