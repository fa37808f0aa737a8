/** A kubectl read, taken apart. */
export interface KubectlRead {
  readonly verb: string;
  /** Positional words after the verb. */
  readonly words: readonly string[];
  /** Long names; a flag without value is `true`. */
  readonly flags: Readonly<Record<string, string | true>>;
}

const longNames: Readonly<Record<string, string>> = {
  '-n': 'namespace',
  '-l': 'selector',
  '-L': 'label-columns',
  '-o': 'output',
  '-c': 'container',
  '-A': 'all-namespaces',
  '-p': 'previous',
  '-w': 'watch',
  '-f': 'follow',
};

const withoutValue = new Set([
  'all-namespaces',
  'previous',
  'watch',
  'follow',
  'no-headers',
  'show-labels',
  'timestamps',
  'prefix',
  'all-containers',
]);

function flagOf(word: string): { name: string; value: string | undefined } | null {
  if (word.startsWith('--')) {
    const [name = '', ...rest] = word.slice(2).split('=');
    return { name, value: rest.length === 0 ? undefined : rest.join('=') };
  }
  if (!word.startsWith('-')) return null;
  const name = longNames[word.slice(0, 2)] ?? word.slice(1, 2);
  const rest = word.slice(2).replace(/^=/, '');
  return { name, value: rest === '' ? undefined : rest };
}

function takesNext(name: string, next: string | undefined): next is string {
  return !withoutValue.has(name) && next !== undefined && !next.startsWith('-');
}

/** Takes an argv of kubectl apart; the word `kubectl` in front is optional. Never throws. */
export function parseKubectl(argv: readonly string[]): KubectlRead {
  const words = argv[0] === 'kubectl' ? argv.slice(1) : [...argv];
  const positional: string[] = [];
  const flags: Record<string, string | true> = {};
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const flag = flagOf(word);
    if (flag === null) {
      positional.push(word);
      continue;
    }
    const next = words[i + 1];
    if (flag.value === undefined && takesNext(flag.name, next)) i += 1;
    flags[flag.name] = flag.value ?? (takesNext(flag.name, next) ? next : true);
  }
  const [verb = '', ...rest] = positional;
  return { verb, words: rest, flags };
}

/** A duration of kubectl such as `10m` or `1h30m`, seconds; null when it is not one. */
export function durationSeconds(text: string): number | null {
  if (!/^(\d+(h|m|s))+$/.test(text)) return null;
  const factor: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (factor[unit ?? 's'] ?? 1),
    0,
  );
}
