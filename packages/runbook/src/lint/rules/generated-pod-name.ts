import type { Action } from '../../plan.ts';
import { kubectlOf } from '../commands.ts';
import { replaceWord } from '../insert-flag.ts';
import { actionRule } from '../rule.ts';
import { wordsOfAction } from '../words-of-action.ts';

/** What Kubernetes puts behind the name of a deployment: letters without vowels, and digits without 0, 1 and 3. */
const GENERATED =
  /^(?:pods?\/)?([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)-(?=[a-z]*\d)[bcdfghjklmnpqrstvwxz2456789]{6,10}-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/** RB048: a pod that was there when the document was written has another name tonight. */
export const generatedPodName = actionRule('RB048', 'warning', (action, { document }) => {
  const name = kubectlOf(action)
    ?.words.slice(1)
    .find((word) => GENERATED.test(word));
  if (name === undefined) return null;
  const owner = GENERATED.exec(name)?.[1] ?? 'NAME';
  const message = `the pod ${name} has a generated name: tonight it is called otherwise`;
  const word = wordsOfAction(action)?.[0]?.find(({ value }) => value === name);
  const takesOwner = ['exec', 'logs', 'port-forward'].includes(kubectlOf(action)?.words[0] ?? '');
  const written = replaceWord(document, action, { word, text: `deployment/${owner}` }, false);
  if (takesOwner) return { message, ...written };
  return { message, source: written.source, suggestion: adviceFor(action, owner) };
});

function adviceFor(action: Action, owner: string): string {
  return kubectlOf(action)?.words[0] === 'delete'
    ? `kubectl rollout restart deployment/${owner}`
    : `a selector (-l app=${owner}), or a <pod-name>`;
}
