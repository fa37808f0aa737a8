/** One condition on a label, as Prometheus and Alertmanager write it. A missing label counts as the empty text. */
export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  /** False: `!=` or `!~`. */
  readonly isEqual: boolean;
}

/** Conditions that must hold all, ready to be asked. */
export type LabelTest = (labels: Readonly<Record<string, string>>) => boolean;

/** `name="value"`, as it is shown. */
export function matcherText({ name, value, isRegex, isEqual }: Matcher): string {
  const operator = isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
  return `${name}${operator}${JSON.stringify(value)}`;
}

/** Compiles matchers. Regular expressions are anchored at both ends. Throws SyntaxError for one that is none. */
export function compileMatchers(matchers: readonly Matcher[]): LabelTest {
  const tests = matchers.map(compileMatcher);
  return (labels) => tests.every((test) => test(labels));
}

function compileMatcher({ name, value, isRegex, isEqual }: Matcher): LabelTest {
  if (!isRegex) return (labels) => ((labels[name] ?? '') === value) === isEqual;
  const pattern = anchored(value);
  return (labels) => pattern.test(labels[name] ?? '') === isEqual;
}

/** RE2 takes flags in front (`(?i)`); here they are the flags of the expression. */
function anchored(source: string): RegExp {
  const [, flags = '', rest = source] = /^\(\?([is]+)\)([\s\S]*)$/.exec(source) ?? [];
  return new RegExp(`^(?:${rest})$`, [...new Set(`${flags}s`)].join(''));
}
