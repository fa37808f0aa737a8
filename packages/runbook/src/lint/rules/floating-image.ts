import { kubectlOf, kubectlVerb } from '../commands.ts';
import { rangeInAction } from '../rewrite.ts';
import { actionRule } from '../rule.ts';
import { wordsOfAction } from '../words-of-action.ts';

/** RB046: `latest`, said or not, is another image every week. */
export const floatingImage = actionRule('RB046', 'info', (action, { document }) => {
  const image = imagesOf(action).find(isFloating);
  if (image === undefined) return null;
  const word = wordsOfAction(action)?.[0]?.find(({ value }) => value.endsWith(image));
  const changesWorkload = kubectlVerb(action) === 'set';
  return {
    source: word && rangeInAction(document, action, word.from, word.to),
    level: changesWorkload ? 'warning' : 'info',
    message: `the image ${image} has no fixed version: nobody knows what runs tonight, or what to go back to`,
    suggestion: `${image.replace(/:latest$/, '')}:VERSION`,
  };
});

function imagesOf(action: Parameters<typeof kubectlOf>[0]): string[] {
  const parsed = kubectlOf(action);
  const [verb, second, ...rest] = parsed?.words ?? [];
  if (verb === 'run' || verb === 'debug' || verb === 'create') return parsed?.flags.get('--image') ?? [];
  if (verb !== 'set' || second !== 'image') return [];
  return rest.flatMap((word) => (word.includes('=') ? [word.slice(word.indexOf('=') + 1)] : []));
}

function isFloating(image: string): boolean {
  if (image === '' || image.includes('<') || image.includes('@')) return false;
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest';
}
