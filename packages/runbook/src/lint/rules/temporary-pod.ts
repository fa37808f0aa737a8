import type { Action } from '../../plan.ts';
import { kubectlOf, kubectlVerb, namespaceOf } from '../commands.ts';
import { allActions, type Rule } from '../rule.ts';

/** RB041: a temporary pod in the wrong namespace meets other policies; two of one name collide. */
export const temporaryPod: Rule = {
  code: 'RB041',
  level: 'warning',
  find: ({ plan }) => {
    const runs = allActions(plan).filter((action) => kubectlVerb(action) === 'run');
    const linesByName = linesOfNames(runs);
    return runs.flatMap((action) => {
      const reasons = [missingNamespace(action), usedTwice(action, linesByName)].filter(
        (reason) => reason !== null,
      );
      if (reasons.length === 0) return [];
      const message = `temporary pod: ${reasons.join('; ')}`;
      const suggestion = action.text.replace(/\brun\s+(\S+)/, `run $1-${action.source.line} -n NAMESPACE`);
      return [{ source: action.source, message, suggestion }];
    });
  },
};

function missingNamespace(action: Action): string | null {
  const parsed = kubectlOf(action);
  return parsed === null || namespaceOf(parsed) === undefined
    ? 'no namespace, so it runs in "default" under other network policies'
    : null;
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

function usedTwice(action: Action, linesByName: Map<string, number[]>): string | null {
  const lines = linesByName.get(podName(action)) ?? [];
  if (lines.length < 2) return null;
  const others = lines.slice(0, 4).filter((line) => line !== action.source.line);
  return `the name "${podName(action)}" is used in line ${others.join(', ')} too`;
}

function podName(action: Action): string {
  return kubectlOf(action)?.words[1] ?? '';
}
