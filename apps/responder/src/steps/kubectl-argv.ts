/** A kubectl command taken apart: words in order, flags with their last value (`''` for a switch), and what follows `--`. */
export interface KubectlArgv {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
  readonly inner: readonly string[];
}

const valued = new Set([
  '-n',
  '--namespace',
  '-l',
  '--selector',
  '-o',
  '--output',
  '-c',
  '--container',
  '-p',
  '--patch',
  '-L',
  '--label-columns',
  '-f',
  '--filename',
  '-k',
  '--kustomize',
  '--context',
  '--cluster',
  '--user',
  '--kubeconfig',
  '--since',
  '--since-time',
  '--tail',
  '--limit-bytes',
  '--max-log-requests',
  '--sort-by',
  '--field-selector',
  '--image',
  '--env',
  '--timeout',
  '--grace-period',
  '--pod-selector',
  '--replicas',
  '--type',
  '--request-timeout',
  '--to-revision',
  '--revision',
  '--field-manager',
]);

const longNames: Readonly<Record<string, string>> = {
  '-n': '--namespace',
  '-l': '--selector',
  '-o': '--output',
  '-c': '--container',
  '-w': '--watch',
  '-p': '--patch',
  '-f': '--filename',
};

/** Reads an argv whose first element is `kubectl`. Where `-f` and `-p` are switches (logs), they are read as such. */
export function readKubectlArgv(argv: readonly string[]): KubectlArgv {
  const words: string[] = [];
  const flags = new Map<string, string>();
  const queue = argv.slice(1);
  const split = queue.indexOf('--');
  const inner = split < 0 ? [] : queue.splice(split).slice(1);
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (!arg.startsWith('-')) words.push(arg);
    else readFlag(arg, queue, { flags, inLogs: words[0] === 'logs' });
  }
  return { words, flags, inner };
}

interface Reading {
  readonly flags: Map<string, string>;
  readonly inLogs: boolean;
}

const logSwitches: Readonly<Record<string, string>> = { '-f': '--follow', '-p': '--previous' };

function readFlag(arg: string, queue: string[], { flags, inLogs }: Reading): void {
  const cut = arg.indexOf('=');
  const short = arg.slice(0, 2);
  if (cut > 0) flags.set(fullName(arg.slice(0, cut)), arg.slice(cut + 1));
  else if (inLogs && logSwitches[arg] !== undefined) flags.set(logSwitches[arg], '');
  else if (arg === '--dry-run') flags.set(arg, '');
  else if (valued.has(arg)) flags.set(fullName(arg), queue.shift() ?? '');
  else if (valued.has(short) && !arg.startsWith('--')) flags.set(fullName(short), arg.slice(2));
  else flags.set(fullName(arg), '');
}

function fullName(flag: string): string {
  return longNames[flag] ?? flag;
}

/** True for a switch that is given and not `=false`. */
export function isOn(parsed: KubectlArgv, flag: string): boolean {
  const value = parsed.flags.get(flag);
  return value !== undefined && value !== 'false';
}

/** The same argv without these flags and their values. */
export function withoutFlags(argv: readonly string[], names: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    if (names.includes(arg)) i += valued.has(arg) ? 1 : 0;
    else if (!names.some((name) => isJoined(arg, name))) out.push(arg);
  }
  return out;
}

/** `--tail=5` for `--tail`, `-lapp=x` for `-l`. */
function isJoined(arg: string, name: string): boolean {
  return name.startsWith('--') ? arg.startsWith(`${name}=`) : !arg.startsWith('--') && arg.startsWith(name);
}

/** Milliseconds of a Go duration such as `60s`, `1m30s`; null when it is none. */
export function goDurationMs(text: string | undefined): number | null {
  if (text === undefined || !/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return null;
  const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
  let total = 0;
  for (const [, count = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    total += Number(count) * (unitMs[unit] ?? 0);
  return total;
}
