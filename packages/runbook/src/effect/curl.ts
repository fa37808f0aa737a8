import type { Effect } from '../plan.ts';
import { flagTable, flagValues, hasFlag, parseArgs, type ParsedArgs } from './flags.ts';
import { strongest } from './effect-order.ts';

const SENDING =
  '-d -F -T --data --data-ascii --data-binary --data-raw --data-urlencode --form --form-string --json --upload-file';

/** Options by which the request goes elsewhere than its URL says. */
const REDIRECTING =
  '-x --proxy --connect-to --resolve --unix-socket --abstract-unix-socket --preproxy --socks5';

const VALUED = `${SENDING} ${REDIRECTING} -A -b -E -H -m -o -u -w -X --cacert --cert --connect-timeout --header --key --max-redirs --max-time --oauth2-bearer --output --referer -e --request --retry --retry-delay --retry-max-time --url --user --user-agent --write-out -r --range`;

/** Options that are known to take a value and are not known to be harmless. */
const UNJUDGED = '-c -C -D -h -K -P -Q -t -U -y -Y -z';

const SWITCHES =
  '-f -g -G -i -I -k -L -s -S -v -4 -6 -N -0 --compressed --fail --fail-with-body --get --globoff --head --http1.1 --http2 --include --insecure --ipv4 --ipv6 --location --no-buffer --no-progress-meter --retry-all-errors --retry-connrefused --show-error --silent --tlsv1.2 --tlsv1.3 --verbose';

const TABLE = flagTable(`${VALUED} ${UNJUDGED}`, SWITCHES);

/** Takes curl's arguments apart (without the program's name). */
export function curlArgs(args: string[]): ParsedArgs {
  return parseArgs(args, TABLE);
}

/** Every URL that curl would ask, in no order. */
export function curlUrls(parsed: ParsedArgs): string[] {
  return [...parsed.words, ...(parsed.rest ?? []), ...flagValues(parsed, '--url')];
}

/** The option by which the request leaves the host of its URL, if any. */
export function curlDetour(parsed: ParsedArgs): string | undefined {
  return REDIRECTING.split(' ').find((flag) => parsed.flags.has(flag));
}

/** The request methods that curl could use, in capitals: the last one named counts, by whichever spelling. */
function curlMethods(parsed: ParsedArgs): string[] {
  const named = flagValues(parsed, '-X', '--request');
  if (named.length > 0) return named.map((method) => method.toUpperCase());
  if (hasFlag(parsed, '-T', '--upload-file')) return ['PUT'];
  if (hasFlag(parsed, '-I', '--head')) return ['HEAD'];
  return hasFlag(parsed, ...SENDING.split(' ')) && !hasFlag(parsed, '-G', '--get') ? ['POST'] : ['GET'];
}

/** Effect of a curl call: by method; unknown options, written files and other schemes count as a change. */
export function curlEffect(args: string[]): Effect {
  const parsed = curlArgs(args);
  const byMethod = strongest(curlMethods(parsed).map(methodEffect));
  return strongest([byMethod, doesMore(parsed) ? 'mutate' : 'read']);
}

function methodEffect(method: string): Effect {
  if (method === 'DELETE') return 'destroy';
  return ['GET', 'HEAD', 'OPTIONS'].includes(method) ? 'read' : 'mutate';
}

function doesMore(parsed: ParsedArgs): boolean {
  const unjudged = UNJUDGED.split(' ').some((flag) => parsed.flags.has(flag));
  const written = flagValues(parsed, '-o', '--output').some((file) => file !== '/dev/null' && file !== '-');
  const uploads = flagValues(parsed, '-F', '--form', '-T', '--upload-file').length > 0;
  const urls = curlUrls(parsed);
  const otherScheme = urls.some((url) => /^[a-z][a-z0-9+.-]*:\//i.test(url) && !/^https?:\/\//i.test(url));
  // Without a scheme curl guesses one from the host's name: ftp.x is asked by FTP, where a path ends in a list.
  const guessed = urls.some((url) => /^(?:ftp|dict|ldap|imap|smtp|pop3)\./i.test(url));
  return parsed.unknown.length > 0 || unjudged || written || uploads || otherScheme || guessed;
}
