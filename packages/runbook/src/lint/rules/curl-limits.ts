import { curlArgs } from '../../effect/curl.ts';
import { hasFlag } from '../../effect/flags.ts';
import { insertAfter } from '../insert-flag.ts';
import { actionRule } from '../rule.ts';
import { wordsOfAction } from '../words-of-action.ts';

interface Limit {
  names: string[];
  flag: string;
  without: string;
}

const LIMITS: Limit[] = [
  {
    names: ['-f', '--fail', '--fail-with-body'],
    flag: '--fail',
    without: 'without --fail calls a 500 a success',
  },
  { names: ['-m', '--max-time'], flag: '--max-time 10', without: 'without --max-time may wait for ever' },
];

/** RB054: curl calls a 500 a success without --fail, and waits for ever without --max-time. */
export const curlLimits = actionRule('RB054', 'warning', (action, { document }) => {
  const argv = action.pipeline?.[0] ?? [];
  if (argv[0] !== 'curl') return null;
  const parsed = curlArgs(argv.slice(1));
  const missing = LIMITS.filter(({ names }) => !hasFlag(parsed, ...names));
  if (missing.length === 0) return null;
  const flags = missing.map(({ flag }) => flag).join(' ');
  return {
    message: `curl ${missing.map(({ without }) => without).join(', and ')}`,
    ...insertAfter(document, action, { word: wordsOfAction(action)?.[0]?.[0], flags }, true),
  };
});
