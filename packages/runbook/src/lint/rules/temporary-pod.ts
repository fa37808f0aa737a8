import { flagValue, hasFlag } from '../../effect/flags.ts';
import type { Action } from '../../plan.ts';
import { kubectlOf, kubectlVerb, namespaceOf } from '../commands.ts';
import { rangeInAction, rewrite, type Edit } from '../rewrite.ts';
import type { Finding, LintContext, Rule } from '../rule.ts';
import { kubectlWord, wordsOfAction, type PlacedWord } from '../words-of-action.ts';

/** RB041: a temporary pod in the wrong namespace meets other policies; two of one name collide. */
export const temporaryPod: Rule = {
  code: 'RB041',
  level: 'warning',
  find: (context) => {
    const runs = context.actions.filter((action) => kubectlVerb(action) === 'run');
    const linesByName = linesOfNames(runs);
    const names: Names = { taken: new Set(linesByName.keys()), lastNumber: new Map() };
    return runs.flatMap((action) => {
      const others = otherLines(action, linesByName);
      const isHomeless = isHomelessRun(action);
      if (others.length === 0 && !isHomeless) return [];
      const newName = others.length === 0 ? undefined : freeName(action, names);
      return [finding(context, action, { others, isHomeless, newName })];
    });
  },
};

function isHomelessRun(action: Action): boolean {
  const parsed = kubectlOf(action);
  return parsed === null || namespaceOf(parsed) === undefined;
}

/** Names of pods given so far, and the last number tried for one, so that long documents stay linear. */
interface Names {
  taken: Set<string>;
  lastNumber: Map<string, number>;
}

interface Wrong {
  others: number[];
  isHomeless: boolean;
  newName: string | undefined;
}

function finding({ document, namespaces }: LintContext, action: Action, wrong: Wrong): Finding {
  const reasons = [
    ...(wrong.isHomeless ? ['no namespace, so it runs in "default" under other network policies'] : []),
    ...(wrong.others.length > 0
      ? [`the name "${podName(action)}" is used in line ${wrong.others.slice(0, 3).join(', ')} too`]
      : []),
  ];
  const word = nameWord(action);
  const edits = word === undefined ? [] : editsFor(word, wrong, namespaces.agreed ?? 'NAMESPACE');
  const written = rewrite(document, action, edits, isNamedOnce(action));
  const isComplete = !wrong.isHomeless || namespaces.agreed !== undefined;
  return {
    source: (word && rangeInAction(document, action, word.from, word.to)) ?? action.source,
    message: `temporary pod: ${reasons.join('; ')}`,
    ...(isComplete ? written : { suggestion: written.suggestion ?? '-n NAMESPACE' }),
  };
}

function editsFor(word: PlacedWord, wrong: Wrong, namespace: string): Edit[] {
  const name = wrong.newName ?? word.value;
  return [{ from: word.from, to: word.to, text: wrong.isHomeless ? `${name} -n ${namespace}` : name }];
}

/** A pod may be named and placed anew, unless its name is written into its spec as well. */
function isNamedOnce(action: Action): boolean {
  const parsed = kubectlOf(action);
  return parsed !== null && !parsed.ambiguous && !hasFlag(parsed, '--overrides', '--expose');
}

function linesOfNames(runs: Action[]): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  for (const run of runs) {
    const known = lines.get(podName(run));
    if (known === undefined) lines.set(podName(run), [run.source.line]);
    else known.push(run.source.line);
  }
  return lines;
}

/** The first other places of a name; two pods in one line count as well. */
function otherLines(action: Action, linesByName: Map<string, number[]>): number[] {
  const lines = linesByName.get(podName(action)) ?? [];
  if (lines.length < 2) return [];
  const others = lines.slice(0, 4).filter((line) => line !== action.source.line);
  return others.length === 0 ? [action.source.line] : others;
}

/** `debug-psql`: the old name and what the pod is for, which nobody else is called. */
function freeName(action: Action, { taken, lastNumber }: Names): string {
  const base = `${podName(action)}-${purposeOf(action)}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-')
    .slice(0, 50);
  let n = lastNumber.get(base) ?? 1;
  let name = n === 1 ? base : `${base}-${n}`;
  while (taken.has(name)) {
    n += 1;
    name = `${base}-${n}`;
  }
  lastNumber.set(base, n);
  taken.add(name);
  return name;
}

/** The program that runs in the pod; of a shell, the image it comes from. */
function purposeOf(action: Action): string {
  const parsed = kubectlOf(action);
  const inner = parsed?.rest?.[0] ?? '';
  if (/^[a-z][a-z0-9-]{2,20}$/.test(inner) && !/^(?:ba|a|z)?sh$/.test(inner)) return inner;
  const image = parsed === null ? undefined : flagValue(parsed, '--image');
  return /([^/:@]+)(?:[:@].*)?$/.exec(image ?? '')?.[1] ?? 'pod';
}

function nameWord(action: Action): PlacedWord | undefined {
  const words = wordsOfAction(action)?.[0];
  return words && kubectlWord(words, 1);
}

function podName(action: Action): string {
  return kubectlOf(action)?.words[1] ?? '';
}
