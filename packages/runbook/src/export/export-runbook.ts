import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { Plan } from '../plan.ts';
import { alertmanagerConfig, type AlertmanagerConfig } from './alertmanager-config.ts';
import { metricNames } from './metric-names.ts';
import { prometheusRules, type PrometheusRules } from './prometheus-rules.ts';
import type { ExportContext, Note, Rank } from './rule.ts';

/** What an export is called and where it came from; `set` overrides names of metrics. */
export interface ExportOptions {
  file: string;
  set?: Record<string, string>;
}

/** A file for another tool: its text, its content as data, and what of the document it does not carry. */
export interface Exported<T> {
  yaml: string;
  data: T;
  notes: Note[];
}

/** Alerting rules for Prometheus; `wrong` says which name of a metric cannot be used. Pure. */
export function exportPrometheus(
  plan: Plan,
  { file, set = {} }: ExportOptions,
): Exported<PrometheusRules['rules']> | { wrong: string } {
  const result = metricNames(plan.settings, set);
  if ('wrong' in result) return result;
  const context: ExportContext = { plan, file, names: result.names, severities: severitiesOf(plan) };
  const { rules, notes } = prometheusRules(context);
  const document = new Document(rules, { aliasDuplicateObjects: false });
  document.commentBefore = heading({ what: 'Alerting rules', tool: 'prometheus', plan, file, notes });
  return { yaml: print(document), data: rules, notes };
}

/** Routes and receivers for Alertmanager. Receivers are empty: who they are stands beside them, for a person to fill in. Pure. */
export function exportAlertmanager(
  plan: Plan,
  { file }: ExportOptions,
): Exported<AlertmanagerConfig['config']> {
  const { config, whoIs, notes } = alertmanagerConfig(plan);
  const document = new Document(config, { aliasDuplicateObjects: false });
  document.commentBefore = heading({ what: 'Routes and receivers', tool: 'alertmanager', plan, file, notes });
  tellWho(document, whoIs);
  return { yaml: print(document), data: config, notes };
}

function print(document: Document): string {
  return document.toString({ lineWidth: 0 });
}

/** The severities by rank; a document with fewer than three uses its last one for the lesser ranks. */
function severitiesOf({ severities }: Plan): Record<Rank, string> {
  const at = (rank: number): string => severities[Math.min(rank, severities.length - 1)]?.id ?? `P${rank}`;
  return { critical: at(0), major: at(1), minor: at(2) };
}

function heading(about: { what: string; tool: string; plan: Plan; file: string; notes: Note[] }): string {
  const { what, tool, plan, file, notes } = about;
  const lines = [
    `${what} of "${plan.name}", made by: tocsin export ${tool} ${file}`,
    `From the runbook with SHA-256 ${plan.hash}. Edit the runbook and export again.`,
    ...(notes.length === 0 ? [] : ['Not carried over:']),
    ...notes.map((note) => `- ${noteText(file, note)}`),
  ];
  return lines.map((line) => ` ${oneLine(line)}`).join('\n');
}

/** A note with its place: `outage.md:33: "Customer reports": people raise it`. */
export function noteText(file: string, { line, text }: Note): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${text}`;
}

/** A comment ends with its line, whatever the document calls a line. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trimEnd();
}

function tellWho(document: Document, whoIs: Record<string, string>): void {
  const receivers: unknown = document.get('receivers');
  if (!isSeq(receivers)) return;
  for (const item of receivers.items) {
    if (!isMap(item)) continue;
    const name: unknown = item.get('name', true);
    const who = isScalar(name) ? whoIs[String(name.value)] : undefined;
    if (who !== undefined) item.commentBefore = ` ${oneLine(who)}`;
  }
}
