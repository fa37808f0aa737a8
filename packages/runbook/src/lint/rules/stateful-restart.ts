import type { Action } from '../../plan.ts';
import { kubectlVerb, restartsStatefulSet } from '../commands.ts';
import type { Finding, Rule } from '../rule.ts';

/** RB061: a restart takes the logs of the old pod with it, so they are read first. */
export const statefulRestart: Rule = {
  code: 'RB061',
  level: 'warning',
  find: ({ groups }) => groups.flatMap(lateReads),
};

function lateReads(actions: Action[]): Finding[] {
  const restart = actions.findIndex(restartsStatefulSet);
  const found = actions[restart];
  if (found === undefined || actions.slice(0, restart).some(readsLogs)) return [];
  const late = actions.slice(restart + 1).filter(readsLogs);
  const message = 'restarts a stateful set before its logs are read: the old pod takes them with it';
  const suggestion = late[0]?.text ?? 'kubectl logs ... --tail=500, before the restart';
  return [
    { source: found.source, message, suggestion: `first: ${suggestion}` },
    ...late.map((read) => ({
      source: read.source,
      message: 'these logs are read after the restart that loses them',
      suggestion: `move above line ${found.source.line}`,
    })),
  ];
}

function readsLogs(action: Action): boolean {
  return kubectlVerb(action) === 'logs';
}
