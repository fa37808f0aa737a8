import { hasFlag } from '../../effect/flags.ts';
import { kubectlOf } from '../commands.ts';
import { actionRule } from '../rule.ts';

/** RB040: what needs a terminal or never ends cannot run by itself. */
export const needsTerminal = actionRule('RB040', 'warning', (action) => {
  const kubectl = kubectlOf(action);
  if (kubectl !== null && hasFlag(kubectl, '-w', '--watch', '--watch-only')) {
    return {
      message: '--watch never ends: it is cut off at a time limit',
      suggestion: 'kubectl rollout status ... --timeout=5m',
    };
  }
  if (action.manual === undefined || action.probe !== undefined) return null;
  if (!/terminal|never ends/.test(action.manual)) return null;
  return {
    message: `${action.manual}: it stays a step for a person`,
    suggestion: suggestionFor(action.text),
  };
});

function suggestionFor(text: string): string {
  if (text.includes('port-forward'))
    return 'a request to an address that can be reached, or {"tocsin-probe":"service"}';
  return 'a command without -it that ends by itself, or a native probe: {"tocsin-probe":"postgres"}';
}
