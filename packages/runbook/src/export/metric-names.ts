/** Names of metrics and labels, and the limits that a rule needs beyond the document. */
export interface MetricNames {
  requests: string;
  duration: string;
  'status-label': string;
  'error-status': string;
  'tenant-label': string;
  selector: string;
  'min-requests': string;
  window: string;
  for: string;
  probe: string;
  'probe-selector': string;
  waiting: string;
  restarts: string;
  'pod-selector': string;
  connections: string;
  'max-connections': string;
  'connections-limit': string;
  'node-condition': string;
}

type Key = keyof MetricNames;

interface Shape {
  pattern: RegExp;
  expected: string;
}

const METRIC: Shape = { pattern: /^[a-zA-Z_:][a-zA-Z0-9_:]*$/, expected: 'the name of a metric' };
const LABEL: Shape = { pattern: /^[a-zA-Z_][a-zA-Z0-9_]*$/, expected: 'the name of a label' };
const DURATION: Shape = { pattern: /^[1-9]\d{0,5}(?:ms|s|m|h|d)$/, expected: 'a duration such as 5m' };
const COUNT: Shape = { pattern: /^\d{1,9}$/, expected: 'a whole number' };
const PERCENT: Shape = { pattern: /^(?:100|\d{1,2}(?:\.\d{1,3})?)$/, expected: 'a percentage from 0 to 100' };
const MATCHER = '[a-zA-Z_][a-zA-Z0-9_]*\\s*(?:=~|!~|!=|=)\\s*"(?:[^"\\\\\\n]|\\\\.)*"';
const SELECTOR: Shape = {
  pattern: new RegExp(`^(?:\\s*${MATCHER}\\s*(?:,\\s*${MATCHER}\\s*)*)?$`),
  expected: 'label matchers such as job="api",zone=~"a|b"',
};

const SHAPES: Record<Key, Shape> = {
  requests: METRIC,
  duration: METRIC,
  'status-label': LABEL,
  'error-status': { pattern: /^[0-9.|()[\]x-]{1,60}$/, expected: 'a pattern of statuses such as 5..' },
  'tenant-label': { ...LABEL, expected: 'the name of a label, or none' },
  selector: SELECTOR,
  'min-requests': COUNT,
  window: DURATION,
  for: DURATION,
  probe: METRIC,
  'probe-selector': SELECTOR,
  waiting: METRIC,
  restarts: METRIC,
  'pod-selector': SELECTOR,
  connections: METRIC,
  'max-connections': METRIC,
  'connections-limit': PERCENT,
  'node-condition': METRIC,
};

const DEFAULTS: MetricNames = {
  requests: 'http_requests_total',
  duration: 'http_request_duration_seconds',
  'status-label': 'status',
  'error-status': '5..',
  'tenant-label': 'tenant',
  selector: '',
  'min-requests': '20',
  window: '5m',
  for: '1m',
  probe: 'probe_success',
  'probe-selector': '',
  waiting: 'kube_pod_container_status_waiting_reason',
  restarts: 'kube_pod_container_status_restarts_total',
  'pod-selector': '',
  connections: 'pg_stat_activity_count',
  'max-connections': 'pg_settings_max_connections',
  'connections-limit': '90',
  'node-condition': 'kube_node_status_condition',
};

const PREFIX = 'prometheus.';

/** Every key that front matter (`prometheus:`) and options may set. */
export const METRIC_KEYS: string[] = Object.keys(DEFAULTS);

/** The names to use: options before front matter before defaults; or the first that cannot be used, in words. */
export function metricNames(
  settings: Record<string, string>,
  options: Record<string, string>,
): { names: MetricNames } | { wrong: string } {
  const names: MetricNames = { ...DEFAULTS, 'pod-selector': podSelector(settings) };
  const given = [
    ...Object.entries(settings)
      .filter(([key]) => key.startsWith(PREFIX))
      .map(([key, value]) => ({ key: key.slice(PREFIX.length), value, where: `front matter, ${key}` })),
    ...Object.entries(options).map(([key, value]) => ({ key, value, where: `option ${key}` })),
  ];
  for (const { key, value, where } of given) {
    if (!isKey(key)) return { wrong: `${where}: not known, expected one of ${METRIC_KEYS.join(', ')}` };
    const { pattern, expected } = SHAPES[key];
    if (!pattern.test(value)) return { wrong: `${where}: found "${value}", expected ${expected}` };
    names[key] = value;
  }
  return { names };
}

function isKey(key: string): key is Key {
  return Object.hasOwn(DEFAULTS, key);
}

/** The pods of the runbook's own service, as far as front matter names it. */
function podSelector(settings: Record<string, string>): string {
  const { namespace, service } = settings;
  return [
    ...(isName(namespace) ? [`namespace="${namespace}"`] : []),
    ...(isName(service) ? [`pod=~"${service.replaceAll('.', '\\\\.')}-.*"`] : []),
  ].join(',');
}

function isName(text: string | undefined): text is string {
  return /^[a-z0-9.-]+$/.test(text ?? '');
}
