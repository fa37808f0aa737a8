import type { Action } from '../../plan.ts';
import { kubectlOf, kubectlVerb, namespaceOf } from '../commands.ts';
import { allActions, type Rule } from '../rule.ts';

/** RB041: a temporary pod in the wrong namespace meets other policies; two of one name collide. */
export const temporaryPod: Rule = {
  code: 'RB041',
  level: 'warning',
  find: ({ plan }) => {
    const runs = allActions(plan).filter((action) => kubectlVerb(action) === 'run');
    return runs.flatMap((action) => {
      const reasons = [missingNamespace(action), usedTwice(action, runs)].filter((reason) => reason !== null);
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

function usedTwice(action: Action, runs: Action[]): string | null {
  const name = podName(action);
  const others = runs.filter((other) => other !== action && podName(other) === name);
  return others.length === 0
    ? null
    : `the name "${name}" is used in line ${others.map((other) => other.source.line).join(', ')} too`;
}

function podName(action: Action): string {
  return kubectlOf(action)?.words[1] ?? '';
}
