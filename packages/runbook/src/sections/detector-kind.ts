import type { DetectorKind } from '../plan.ts';

type Vocabulary = [DetectorKind, RegExp][];

const AUTOMATED: Vocabulary = [
  [
    'health-check',
    /health.?check|uptime|liveness|readiness|synthetic|availability (?:check|probe)|\/health|gesundheitspr|erreichbarkeit|sonde|contrôle de santé|sondeo|comprobación de (?:salud|estado)/i,
  ],
  [
    'database-connections',
    /(?:database|\bdb\b|postgres|mysql|sql|pool).*(?:connection|pool)|connection.*(?:pool|database|limit)|database|datenbank|base de (?:données|datos)/i,
  ],
  [
    'node-failure',
    /\bnodes?\b.*(?:fail|down|not.?ready|lost|gone|alert|unreachable|missing)|knoten|nœud|noeud|\bnodos?\b/i,
  ],
  [
    'crash-loop',
    /crash.?loop|\bpods?\b.*restart|restart.*\bpods?\b|neustart|\bpods?\b.*starten|redémarr|reinici/i,
  ],
  [
    'error-rate',
    /error.?(?:rate|ratio|percentage|budget)|errors?\b.*%|\b5xx\b|failed requests|http errors|fehlerrate|fehlerquote|taux d.erreurs?|tasa de errores/i,
  ],
  [
    'latency',
    /latenc|response times?|slow|percentile|\bp\d{2}\b|latenz|antwortzeit|latence|temps de réponse|latencia|tiempo de respuesta/i,
  ],
];

const MANUAL: Vocabulary = [
  ['dashboard-anomaly', /dashboard|anomal/i],
  [
    'customer-report',
    /customer|\busers?\b|support|complain|tenant|kunden|merchant|client|phone call|\bcalls?\b|anruf|usuario|ticket/i,
  ],
  ['degradation-notice', /performance|slow|notice|langsam/i],
  ['degradation-report', /degradation|report|störung/i],
];

/** The kind of a detector by its vocabulary; reports of people are looked for first where people report. */
export function detectorKind(text: string, manual: boolean): DetectorKind {
  const order = manual ? [...MANUAL, ...AUTOMATED] : [...AUTOMATED, ...MANUAL];
  return order.find(([, words]) => words.test(text))?.[0] ?? 'unknown';
}

const MANUAL_KINDS = new Set<DetectorKind>(MANUAL.map(([kind]) => kind));

/** True for kinds that only a person can raise. */
export function raisedByPeople(kind: DetectorKind): boolean {
  return MANUAL_KINDS.has(kind);
}

/** Reads `"kind"` of an annotation; null when it names no kind. */
export function namedKind(name: string): DetectorKind | null {
  return [...AUTOMATED, ...MANUAL].find(([kind]) => kind === name)?.[0] ?? null;
}
