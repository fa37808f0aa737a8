import { flagValues } from './flags.ts';
import { kubectlArgs } from './kubectl-args.ts';

/** Forms of output that name objects and show nothing of what is in them. */
const namesOnly = new Set(['name', 'wide']);

/** Whether a kubectl call (arguments without the program's name) prints what Secrets, or the responder's own kubeconfig, hold. */
export function showsSecrets(args: string[]): boolean {
  const parsed = kubectlArgs(args);
  const [verb = '', ...words] = parsed.words;
  if (verb === 'config') return words[0] === 'view' && parsed.flags.has('--raw');
  if (verb !== 'get') return false;
  if (flagValues(parsed, '--raw').some((path) => path.includes('/secrets'))) return true;
  const output = flagValues(parsed, '-o', '--output');
  return (
    output.some((form) => !namesOnly.has(form)) && words.flatMap((word) => word.split(',')).some(isSecret)
  );
}

/** `secret`, `secrets.v1.`, `secret/NAME`. */
function isSecret(word: string): boolean {
  return /^secrets?(?:[./]|$)/i.test(word);
}
