import type { Labels } from '../incoming.ts';
import type { IntakeConfig } from '../intake-config.ts';
import { compileMatchers, type LabelTest } from '../match/matcher.ts';

/** An active alert that may inhibit others. */
export interface Source {
  readonly fingerprint: string;
  readonly labels: Labels;
}

interface Rule {
  readonly source: LabelTest;
  readonly target: LabelTest;
  readonly equal: readonly string[];
}

/** Gathers the active alerts that inhibit, then answers which of them inhibit an alert. */
export interface Inhibition {
  add(alert: Source): void;
  /** Fingerprints of the alerts that inhibit this one, at most one a rule. */
  by(alert: Source): readonly string[];
}

/** As Alertmanager does it: same values of the `equal` labels (a missing one counts as empty); what matches both sides inhibits no such alert. */
export function createInhibition(rules: IntakeConfig['inhibit']): Inhibition {
  const compiled: readonly Rule[] = rules.map((rule) => ({
    source: compileMatchers(rule.source),
    target: compileMatchers(rule.target),
    equal: rule.equal,
  }));
  /** For each rule: values of the equal labels -> alerts that match only as source, and those that match both sides. */
  const sources = compiled.map(() => new Map<string, Found>());
  const keyOf = (rule: Rule, labels: Labels): string =>
    JSON.stringify(rule.equal.map((name) => labels[name] ?? ''));
  return {
    add({ fingerprint, labels }) {
      for (const [n, rule] of compiled.entries()) {
        if (!rule.source(labels)) continue;
        const found = sources[n]?.get(keyOf(rule, labels)) ?? { onlySource: null, both: null };
        sources[n]?.set(
          keyOf(rule, labels),
          rule.target(labels) ? { ...found, both: fingerprint } : { ...found, onlySource: fingerprint },
        );
      }
    },
    by: ({ fingerprint, labels }) =>
      compiled.flatMap((rule, n) => {
        if (!rule.target(labels)) return [];
        const found = sources[n]?.get(keyOf(rule, labels));
        const source = found?.onlySource ?? (rule.source(labels) ? null : (found?.both ?? null));
        return source === null || source === fingerprint ? [] : [source];
      }),
  };
}

interface Found {
  readonly onlySource: string | null;
  readonly both: string | null;
}
