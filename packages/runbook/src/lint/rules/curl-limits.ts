import { curlArgs } from '../../effect/curl.ts';
import { hasFlag } from '../../effect/flags.ts';
import { actionRule } from '../rule.ts';

/** RB054: curl calls a 500 a success without --fail, and waits for ever without --max-time. */
export const curlLimits = actionRule('RB054', 'warning', (action) => {
  const argv = action.pipeline?.[0] ?? [];
  if (argv[0] !== 'curl') return null;
  const parsed = curlArgs(argv.slice(1));
  const missing = [
    ...(hasFlag(parsed, '-f', '--fail', '--fail-with-body') ? [] : ['--fail']),
    ...(hasFlag(parsed, '-m', '--max-time') ? [] : ['--max-time 10']),
  ];
  if (missing.length === 0) return null;
  return {
    message: `curl without ${missing.join(' and ')} ${missing.includes('--fail') ? 'calls a 500 a success' : 'may wait for ever'}`,
    suggestion: action.text.replace(/^curl\b/, `curl ${missing.join(' ')}`),
  };
});
