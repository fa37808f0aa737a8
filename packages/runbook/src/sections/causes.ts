/** Names of causes that a diagnosis may give; stable. */
export const CAUSES = [
  'node-failure',
  'memory-exhaustion',
  'database-connection-exhaustion',
  'network-partition',
  'crash-loop',
  'config-missing',
  'image-pull-failure',
  'readiness-failing',
  'liveness-too-eager',
  'selector-mismatch',
  'port-mismatch',
  'scaled-to-zero',
  'quota-exceeded',
  'unschedulable',
  'rollout-stuck',
  'dependency-down',
  'dependency-slow',
  'tenant-errors',
  'certificate-expiring',
  'disk-pressure',
] as const;

const POD_CAUSES = [
  'crash-loop',
  'config-missing',
  'image-pull-failure',
  'readiness-failing',
  'liveness-too-eager',
  'rollout-stuck',
  'scaled-to-zero',
  'quota-exceeded',
  'unschedulable',
  'memory-exhaustion',
];

/** Narrow phrases first: the first that matches says all. */
const PHRASES: [RegExp, string[]][] = [
  [
    /(?:connection|pool|verbindung).*(?:exhaust|saturat|leak|limit|erschöpf)|too many (?:clients|connections)/i,
    ['database-connection-exhaustion'],
  ],
  [/memory|\boom|speicher|mémoire|memoria/i, ['memory-exhaustion']],
  [/partition/i, ['network-partition']],
  [/crash.?loop/i, ['crash-loop', 'config-missing']],
  [/image.?pull|registry/i, ['image-pull-failure']],
  [/certificate|\btls\b|zertifikat/i, ['certificate-expiring']],
  [/disk|storage|volume|festplatte/i, ['disk-pressure']],
  [/quota/i, ['quota-exceeded', 'unschedulable']],
  [/single tenant|one tenant|tenant-specific|mandant/i, ['tenant-errors']],
];

/** Wide words: every one that matches adds its causes. */
const WORDS: [RegExp, string[]][] = [
  [/\bnodes?\b|\bmachines?\b|\bhosts?\b|knoten|nœud|noeud|\bnodos?\b/i, ['node-failure']],
  [/\bpods?\b|deployment|rollout|release|application|\bapps?\b|container|anwendung/i, POD_CAUSES],
  [
    /database|\bdb\b|postgres|mysql|\bsql\b|datenbank|base de (?:données|datos)/i,
    ['database-connection-exhaustion', 'dependency-down', 'dependency-slow'],
  ],
  [/redis|cache|dependenc|queue|broker/i, ['dependency-down', 'dependency-slow']],
  [
    /network|\bdns\b|ingress|connectivity|netzwerk|réseau|\bred\b/i,
    ['network-partition', 'selector-mismatch', 'port-mismatch'],
  ],
  [/latency|slow/i, ['dependency-slow']],
];

/** Ids of the diagnoses that a branch or scenario of this name answers, by its vocabulary. */
export function causesOf(name: string): string[] {
  const phrase = PHRASES.find(([words]) => words.test(name));
  if (phrase !== undefined) return [...phrase[1]];
  return [...new Set(WORDS.filter(([words]) => words.test(name)).flatMap(([, causes]) => causes))];
}

/** The cause that a scenario's own evidence shows. */
export function ownCause(scenarioId: string): `scenario:${string}` {
  return `scenario:${scenarioId}`;
}

/** The causes an annotation names (`"causes":"node-failure, disk-pressure"`), or those of the vocabulary. */
export function causesOrNamed(name: string, named: string | undefined): string[] {
  if (named === undefined) return causesOf(name);
  return named.split(/[\s,]+/).filter((cause) => cause !== '');
}
