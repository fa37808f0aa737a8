import type { Effect } from '../plan.ts';

/** Tools that ask the network something and print the answer. */
const ASKING = new Set('ping ping6 dig nslookup host traceroute tracepath mtr'.split(' '));

/** Effect of a tool that asks the network, or undefined for another program. */
export function networkToolEffect(program: string, args: string[]): Effect | undefined {
  if (ASKING.has(program)) return 'read';
  if (['nc', 'ncat', 'netcat'].includes(program)) return onlyConnects(args) ? 'read' : 'mutate';
  if (program !== 'openssl') return undefined;
  return args[0] === 's_client' && !args.some((arg) => /^-+(?:sess_out|keylogfile|msgfile)/.test(arg))
    ? 'read'
    : 'mutate';
}

/** `nc -z` only connects; without it, what comes in is sent, and `-e` starts a program. */
function onlyConnects(args: string[]): boolean {
  const flags = args.filter((arg) => arg.startsWith('-'));
  return (
    flags.some((flag) => /^-[nvu46]*z/.test(flag)) &&
    flags.every((flag) => /^-(?:[nvuz46]+|w\d*)$/.test(flag))
  );
}
