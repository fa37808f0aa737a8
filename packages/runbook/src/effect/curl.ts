import type { Effect } from '../plan.ts';
import { flagValue, hasFlag, parseArgs, type FlagTable, type ParsedArgs } from './flags.ts';

const VALUED = [
  '--cacert',
  '--cert',
  '--connect-timeout',
  '--connect-to',
  '--data',
  '--data-ascii',
  '--data-binary',
  '--data-raw',
  '--data-urlencode',
  '--form',
  '--form-string',
  '--header',
  '--json',
  '--key',
  '--max-redirs',
  '--max-time',
  '--oauth2-bearer',
  '--output',
  '--proxy',
  '--referer',
  '--request',
  '--resolve',
  '--retry',
  '--retry-delay',
  '--retry-max-time',
  '--upload-file',
  '--url',
  '--user',
  '--user-agent',
  '--write-out',
];

const SWITCHES = [
  '--compressed',
  '--fail',
  '--fail-with-body',
  '--get',
  '--head',
  '--http1.1',
  '--http2',
  '--include',
  '--insecure',
  '--ipv4',
  '--ipv6',
  '--location',
  '--no-progress-meter',
  '--retry-all-errors',
  '--retry-connrefused',
  '--show-error',
  '--silent',
  '--tlsv1.2',
  '--tlsv1.3',
  '--verbose',
];

const TABLE: FlagTable = {
  valued: new Set(VALUED),
  valuedLetters: 'AbcCdDeEFhHKmoPQrtTuUwxXyYz',
  switches: new Set(SWITCHES),
};

const KNOWN = new Set([
  ...VALUED,
  ...SWITCHES,
  ...[
    'A',
    'b',
    'd',
    'E',
    'f',
    'F',
    'g',
    'G',
    'H',
    'i',
    'I',
    'k',
    'L',
    'm',
    'o',
    's',
    'S',
    'T',
    'u',
    'v',
    'w',
    'x',
    'X',
    '4',
    '6',
  ].map((letter) => `-${letter}`),
]);
const SENDING = [
  '-d',
  '-F',
  '-T',
  '--data',
  '--data-ascii',
  '--data-binary',
  '--data-raw',
  '--data-urlencode',
  '--form',
  '--form-string',
  '--json',
  '--upload-file',
];

/** Takes curl's arguments apart (without the program's name). */
export function curlArgs(args: string[]): ParsedArgs {
  return parseArgs(args, TABLE);
}

/** The request method that curl would use, in capitals. */
export function curlMethod(parsed: ParsedArgs): string {
  const named = flagValue(parsed, '-X', '--request');
  if (named !== undefined) return named.toUpperCase();
  if (hasFlag(parsed, '-I', '--head')) return 'HEAD';
  if (hasFlag(parsed, '-T', '--upload-file')) return 'PUT';
  return hasFlag(parsed, ...SENDING) && !hasFlag(parsed, '-G', '--get') ? 'POST' : 'GET';
}

/** Effect of a curl call: by method; unknown flags and written files count as a change. */
export function curlEffect(args: string[]): Effect {
  const parsed = curlArgs(args);
  const method = curlMethod(parsed);
  if (method === 'DELETE') return 'destroy';
  if (!['GET', 'HEAD', 'OPTIONS'].includes(method)) return 'mutate';
  const unknown = [...parsed.flags.keys()].some((flag) => !KNOWN.has(flag));
  const output = flagValue(parsed, '-o', '--output') ?? '/dev/null';
  const urls = [...parsed.words, ...(parsed.flags.get('--url') ?? [])];
  const otherScheme = urls.some((url) => /^[a-z][a-z0-9+.-]*:\/\//i.test(url) && !/^https?:/i.test(url));
  return unknown || output !== '/dev/null' || otherScheme ? 'mutate' : 'read';
}
