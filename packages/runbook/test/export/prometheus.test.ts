import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportPrometheus } from '../../src/export/index.ts';
import { compileRunbook } from '../../src/index.ts';
import { checkRules, firesAfterTenMinutes, testRules, type Series } from './promtool.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const shipped = readFileSync(new URL('../../../../runbooks/outage.md', import.meta.url), 'utf8');
const documents = [
  ...readdirSync(fixtures)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(new URL(name, fixtures), 'utf8')] as const),
  ['outage.md', shipped] as const,
];

function exported(markdown: string, set: Record<string, string> = {}, file = 'outage.md') {
  const result = exportPrometheus(compileRunbook(markdown), { file, set });
  if ('wrong' in result) throw new Error(result.wrong);
  return result;
}

/** A runbook with these detectors and three severities. */
const withDetectors = (...lines: string[]): string =>
  [
    '# R',
    '## Severity',
    '- P0: all',
    '- P1: some',
    '- P2: one',
    '## Detection',
    ...lines.map((line) => `- ${line}`),
  ].join('\n');

/** Requests of one tenant, a minute: `sound` that succeed and `failed` that do not. */
function requests(tenant: string, sound: number, failed: number): Series {
  const labels = (status: number): string => `http_requests_total{tenant="${tenant}",status="${status}"}`;
  const answered = { [labels(200)]: `0+${sound / 4}x40` };
  return failed === 0 ? answered : { ...answered, [labels(503)]: `0+${failed / 4}x40` };
}

/** Durations of one tenant: of every 100 requests this many take more than a second. */
function durations(tenant: string, slow: number): Series {
  const bucket = (le: string): string =>
    `http_request_duration_seconds_bucket{tenant="${tenant}",le="${le}"}`;
  return { [bucket('1')]: `0+${100 - slow}x40`, [bucket('2.5')]: '0+100x40', [bucket('+Inf')]: '0+100x40' };
}

const good = expect.objectContaining({ ok: true });

describe('rules from a runbook', () => {
  it.each(documents)('of %s are accepted by promtool', (name, markdown) => {
    expect(checkRules(exported(markdown, {}, name).yaml)).toEqual(good);
  });

  it('carry severity, runbook, place and text', () => {
    const yaml = exported(shipped).yaml;
    const line = shipped.split('\n').findIndex((one) => one.includes('Node failure')) + 1;
    const hash = compileRunbook(shipped).hash;
    const series = { 'kube_node_status_condition{node="n2",condition="Ready",status="true"}': '1x8 0x32' };
    const alert = {
      eval_time: '10m',
      alertname: 'NodeFailure',
      exp_alerts: [
        {
          exp_labels: {
            severity: 'P2',
            detector: 'node-failure',
            runbook: 'Outage Runbook',
            service: 'multitenant-api',
            node: 'n2',
          },
          exp_annotations: {
            summary: 'node n2 is not ready',
            description: 'Node failure',
            runbook_place: `outage.md:${line}`,
            runbook_hash: hash,
          },
        },
      ],
    };
    expect(testRules(yaml, series, { alert_rule_test: [alert] })).toEqual(good);
  });

  it.each<[string, Series, string[]]>([
    [
      'all tenants fail',
      { ...requests('t1', 90, 30), ...requests('t2', 60, 20) },
      ['ErrorRateAllTenants P0'],
    ],
    [
      'several of three fail',
      { ...requests('t1', 90, 30), ...requests('t2', 60, 20), ...requests('t3', 60, 0) },
      ['ErrorRateSeveralTenants P1'],
    ],
    ['one of two fails', { ...requests('t1', 90, 30), ...requests('t2', 60, 0) }, ['ErrorRateTenant P2 t1']],
    ['the only tenant fails', requests('t1', 90, 30), ['ErrorRateTenant P2 t1']],
    ['all are just below the limit', { ...requests('t1', 96, 4), ...requests('t2', 96, 4) }, []],
    ['too few requests to judge', { ...requests('t1', 1, 1), ...requests('t2', 2, 1) }, []],
    [
      'two tenants are slow',
      { ...durations('t1', 10), ...durations('t2', 20) },
      ['LatencySeveralTenants P1'],
    ],
    ['one tenant is slow', { ...durations('t1', 10), ...durations('t2', 2) }, ['LatencyTenant P2 t1']],
    ['nobody is slow at the 95th percentile', { ...durations('t1', 4), ...durations('t2', 2) }, []],
    [
      'every probe fails',
      { 'probe_success{instance="a"}': '1x8 0x32', 'probe_success{instance="b"}': '0x40' },
      ['HealthCheckAll P0'],
    ],
    [
      'one probe of two fails',
      { 'probe_success{instance="a"}': '0x40', 'probe_success{instance="b"}': '1x40' },
      ['HealthCheck P1'],
    ],
    ['no probe fails', { 'probe_success{instance="a"}': '1x40' }, []],
    [
      'a container waits in a crash loop',
      {
        'kube_pod_container_status_waiting_reason{namespace="platform",pod="multitenant-api-1",container="api",reason="CrashLoopBackOff"}':
          '1x40',
      },
      ['CrashLoop P2'],
    ],
    [
      'a container was restarted often',
      {
        'kube_pod_container_status_restarts_total{namespace="platform",pod="multitenant-api-1",container="api"}':
          '0+1x40',
      },
      ['CrashLoop P2'],
    ],
    [
      'a container of another service crashes',
      {
        'kube_pod_container_status_restarts_total{namespace="platform",pod="other-1",container="api"}':
          '0+1x40',
      },
      [],
    ],
    [
      'connections run out',
      {
        'pg_stat_activity_count{instance="db",state="active"}': '60x40',
        'pg_stat_activity_count{instance="db",state="idle"}': '35x40',
        'pg_settings_max_connections{instance="db"}': '100x40',
      },
      ['DatabaseConnections P2'],
    ],
    [
      'connections are in use',
      {
        'pg_stat_activity_count{instance="db",state="active"}': '80x40',
        'pg_settings_max_connections{instance="db"}': '100x40',
      },
      [],
    ],
    [
      'a node is not ready',
      { 'kube_node_status_condition{node="n1",condition="Ready",status="true"}': '0x40' },
      ['NodeFailure P2'],
    ],
    [
      'every node is ready',
      { 'kube_node_status_condition{node="n1",condition="Ready",status="true"}': '1x40' },
      [],
    ],
  ])('fire as the document says: %s', (_, series, alerts) => {
    expect(firesAfterTenMinutes(exported(shipped).yaml, series, alerts)).toEqual(good);
  });

  it('would be caught when they fired otherwise', () => {
    const said = firesAfterTenMinutes(exported(shipped).yaml, requests('t1', 90, 30), []);
    expect(said).toMatchObject({ ok: false, output: expect.stringContaining('ErrorRateTenant') });
  });

  it('follow an edited limit', () => {
    const series = { ...requests('t1', 97, 3), ...requests('t2', 97, 3) };
    const stricter = shipped.replace('>5%', '>2%');
    expect(firesAfterTenMinutes(exported(shipped).yaml, series, [])).toEqual(good);
    expect(firesAfterTenMinutes(exported(stricter).yaml, series, ['ErrorRateAllTenants P0'])).toEqual(good);
  });

  it.each([
    [
      'p99 latency over 800 ms',
      { ...durations('t1', 2), ...durations('t2', 2) },
      ['LatencySeveralTenants P1'],
    ],
    ['p50 latency over 800 ms', { ...durations('t1', 2), ...durations('t2', 2) }, []],
    [
      'Database connections (>=60%)',
      { pg_stat_activity_count: '60x40', pg_settings_max_connections: '100x40' },
      ['DatabaseConnections P2'],
    ],
  ])('take %s from the document', (line, series, alerts) => {
    expect(firesAfterTenMinutes(exported(withDetectors(line)).yaml, series, alerts)).toEqual(good);
  });

  it('use the names of front matter and of options, the options first', () => {
    const named = `---\ntocsin:\n  prometheus:\n    requests: calls_total\n    tenant-label: none\n    status-label: code\n    selector: 'job="a"'\n---\n${withDetectors('Error rate (>5%)')}`;
    const series = {
      'calls_total{job="b",code="200"}': '0+90x40',
      'calls_total{job="b",code="500"}': '0+9x40',
    };
    expect(firesAfterTenMinutes(exported(named).yaml, series, [])).toEqual(good);
    const { yaml } = exported(named, { selector: 'job="b"' });
    expect(firesAfterTenMinutes(yaml, series, ['ErrorRate P0'])).toEqual(good);
  });
});

describe('what cannot be exported', () => {
  it('is said with its line, in the file and beside it', () => {
    const { notes, yaml, data } = exported(
      withDetectors(
        'Customer reports',
        'Strange smells',
        'High error rate',
        'Latency (>3s)',
        'Error rate below 3%',
      ),
    );
    expect(notes).toEqual([
      { line: 7, text: '"Customer reports": people raise it' },
      { line: 8, text: '"Strange smells": nothing measures it' },
      { line: 9, text: '"High error rate": it has no limit in percent' },
      { line: 11, text: '"Error rate below 3%": a lower limit is not measured' },
    ]);
    expect(yaml).toContain('# - outage.md:8: "Strange smells": nothing measures it\n');
    expect(data.groups[0]?.rules).toHaveLength(2);
  });

  it('is everything, for a document without detectors, and still a file that promtool takes', () => {
    expect(checkRules(exported('# Nothing').yaml)).toEqual(good);
  });

  it.each([
    [{ window: '5 minutes' }, 'option window: found "5 minutes", expected a duration such as 5m'],
    [{ requests: 'a-b' }, 'option requests: found "a-b", expected the name of a metric'],
    [
      { selector: 'job=api' },
      'option selector: found "job=api", expected label matchers such as job="api",zone=~"a|b"',
    ],
    [
      { colour: 'red' },
      expect.stringMatching(/^option colour: not known, expected one of requests, duration, /),
    ],
  ])('is refused: %j', (set, wrong) => {
    expect(exportPrometheus(compileRunbook('# R'), { file: 'r.md', set })).toEqual({ wrong });
  });
});

describe('hostile text', () => {
  it('is not read as a template', () => {
    const { yaml } = exported(withDetectors('Node failure {{ template "x" }} {{ $value }}'));
    expect(checkRules(yaml)).toEqual(good);
    expect(parse(yaml).groups[0].rules[0].annotations.description).toBe(
      'Node failure {{ "{{" }} template "x" }} {{ "{{" }} $value }}',
    );
  });

  it('stays inside its comment and its string', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\u2028', '\u0085', '\u0000', '# x', "'", '"', ': ', '---', '{{', '\\'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.array(word, { maxLength: 12 }), (title, line) => {
        const markdown = `# ${title.join('')}\n## Detection\n- Node failure ${line.join('')}\n- Reports ${line.join('')}`;
        const { yaml, data } = exported(markdown, {}, `${title.join('')}.md`);
        expect(parse(yaml)).toEqual(data);
      }),
      { numRuns: 200 },
    );
  });
});
