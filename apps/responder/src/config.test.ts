import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = `runbook: ./outage.md
service:
  id: multitenant-api
  namespace: platform
  deployment: multitenant-api
  service: multitenant-api-service
  podLabels: { app: multitenant-api }
  podPort: 8080
  probes:
    - { target: data, url: http://127.0.0.1:8080/api/data }
  tenants:
    - { id: t1, tokenFile: ./t1.jwt }
people:
  - id: primary
    name: Primary on-call
    role: approver
    contacts: [{ channel: inbox }]
onCall:
  '1': [primary]
`;

function read(text: string, environment: Record<string, string> = {}) {
  const file = join(folder, 'tocsin.yaml');
  writeFileSync(file, text);
  return readConfig(file, environment);
}

function mistakeIn(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(folder, '');
    throw error;
  }
  return 'accepted';
}

describe('readConfig', () => {
  it('takes paths from the file, and fills in defaults', () => {
    const config = read(good);
    expect(config.runbook).toEqual({ file: join(folder, 'outage.md'), adopt: 'automatic' });
    expect(config.service.tenants[0]?.tokenFile).toBe(join(folder, 't1.jwt'));
    expect(config.listen).toEqual({ host: '127.0.0.1', port: 7433 });
    expect(config.service.probes[0]).toMatchObject({ intervalMs: 750, timeoutMs: 2000 });
  });

  it('takes the runbook with how an edited one gets into use', () => {
    const config = read(good.replace('./outage.md', '{ file: ./a.md, adopt: after-review }'));
    expect(config.runbook).toEqual({ file: join(folder, 'a.md'), adopt: 'after-review' });
  });

  it('lets the environment name the database', () => {
    expect(read(good, { DATABASE_URL: 'postgres://db' }).databaseUrl).toBe('postgres://db');
  });

  it.each([
    [
      'a wrong type',
      good.replace('podPort: 8080', 'podPort: http'),
      /^\/tocsin\.yaml:8:12: service\.podPort: "http"; .*expected number/,
    ],
    [
      'a missing value',
      good.replace('  namespace: platform\n', ''),
      /^\/tocsin\.yaml:3:3: service\.namespace: missing; .*expected string/,
    ],
    [
      'an unknown role',
      good.replace('role: approver', 'role: boss'),
      /^\/tocsin\.yaml:16:11: people\.0\.role: "boss"; .*"viewer"/,
    ],
    [
      'an unknown way to adopt a runbook',
      good.replace('./outage.md', '{ file: ./a.md, adopt: never }'),
      /^\/tocsin\.yaml:1:10: runbook: .*"never".*expected a path, or \{ file: PATH, adopt: automatic \| after-review \}/,
    ],
    [
      'an unknown key',
      `${good}runbok: x\n`,
      /^\/tocsin\.yaml:1:1: the whole file: .*[Uu]nrecognized key.*"runbok"/,
    ],
    [
      'somebody unknown on call',
      good.replace("'1': [primary]", "'1': [nobody]"),
      /^\/tocsin\.yaml:19:9: onCall\.1\.0: "nobody"; expected one of the people and schedules: primary/,
    ],
    ['not YAML', good.replace('people:', 'people: ['), /^\/tocsin\.yaml:\d+:\d+: not YAML: /],
  ])('refuses %s with its line, the value and what was expected', (_, text, message) => {
    expect(mistakeIn(text)).toMatch(message);
  });

  it('takes who may send alerts, with the files of their secrets', () => {
    const { intake } = read(`${good}intake:
  senders:
    - { kind: alertmanager, name: prometheus, tokenFile: ./prometheus }
    - { kind: grafana, name: grafana, hmac: { secretFile: ./grafana } }
    - { kind: webhook, name: am, tokenFile: ./am, acknowledge: { url: 'https://am.example', tokenFile: ./write } }
  heartbeats: [{ name: nightly, intervalMs: 60000, tokenFile: ./nightly }]
`);
    expect(intake.senders).toMatchObject([
      { tokenFile: join(folder, 'prometheus'), resolveAfterMs: 300_000 },
      { hmac: { secretFile: join(folder, 'grafana') } },
      { acknowledge: { tokenFile: join(folder, 'write'), minutes: 60 } },
    ]);
    expect(intake.heartbeats[0]?.tokenFile).toBe(join(folder, 'nightly'));
    expect(read(good).intake).toMatchObject({ senders: [], flapping: { times: 4 } });
  });

  it.each([
    [
      '{ senders: [{ kind: webhook, name: am, tokenFile: ./am, acknowledge: { url: ftp://am } }] }',
      /intake\.senders\.0\.acknowledge\.url: "ftp:\/\/am"; expected an address that begins with http/,
    ],
    ['{ concerns: [nonsense] }', /intake\.concerns\.0: "nonsense"; .*expected NAME="VALUE"/],
    [
      '{ inhibit: [{ source: ["a=~\\"(\\""], target: ["b=1"] }] }',
      /intake\.inhibit\.0\.source\.0: .*a regular expression/,
    ],
    [
      '{ senders: [{ kind: json, name: x, tokenFile: y, mapping: { name: "1 +" } }] }',
      /mapping: .*a JSON pointer .* or a CEL expression/,
    ],
  ])('refuses %s', (intake, message) => {
    expect(mistakeIn(`${good}intake: ${intake}\n`)).toMatch(message);
  });

  const withChecks = (checks: string) => good.replace('service:\n', `service:\n  checks: ${checks}\n`);

  it('takes checks of dependencies, with the files of their secrets', () => {
    const { checks } = read(
      withChecks(`
    - { kind: tcp, subject: service/queue, host: queue, port: 5672 }
    - { kind: postgres, subject: statefulset/postgres, urlFile: ./postgres.url }
    - { kind: redis, subject: deployment/redis, url: 'rediss://:x@redis:6379', caFile: ./ca.pem }
    - { kind: tls, host: api.example.com }
    - { kind: dns, name: api.example.com, resolver: '192.0.2.53:5353' }`),
    ).service;
    expect(checks).toMatchObject([
      { intervalMs: 5000, timeoutMs: 1000 },
      { urlFile: join(folder, 'postgres.url'), timeoutMs: 2000 },
      { caFile: join(folder, 'ca.pem') },
      { subject: 'host/api.example.com', port: 443, warnDays: 14, intervalMs: 60_000 },
      { subject: 'host/api.example.com', recordType: 'A' },
    ]);
    expect(read(good).service.checks).toEqual([]);
  });

  it.each([
    ['[{ kind: icmp, subject: a/b }]', /service\.checks\.0\.kind: "icmp"; /],
    [
      '[{ kind: tcp, subject: postgres, host: x, port: 1 }]',
      /checks\.0\.subject: "postgres"; expected KIND\/NAME/,
    ],
    ['[{ kind: tcp, subject: a/b, host: x, port: 1, intervalMs: 100 }]', /checks\.0\.intervalMs: 100; .*500/],
    ['[{ kind: postgres, subject: a/b }]', /checks\.0\.url: missing; expected either url or urlFile/],
    [
      "[{ kind: postgres, subject: a/b, url: 'mysql://u:secret@h/d' }]",
      /checks\.0\.url: "mysql:\/\/u:\*\*\*@h\/d"; expected a url such as postgres:/,
    ],
    [
      '[{ kind: dns, name: x, resolver: dns.example }]',
      /checks\.0\.resolver: "dns\.example"; expected ADDRESS/,
    ],
    [
      '[{ kind: dns, name: x }, { kind: dns, name: x, recordType: TXT }]',
      /checks\.1\.subject: missing; a second dns check of host\/x; expected one of a kind/,
    ],
  ])('refuses the checks %s', (checks, message) => {
    expect(mistakeIn(withChecks(checks))).toMatch(message);
  });

  const withPrometheus = (prometheus: string) =>
    good.replace('service:\n', `service:\n  prometheus: ${prometheus}\n`);

  it('takes a Prometheus to read request metrics from', () => {
    const { prometheus } = read(
      withPrometheus('{ url: http://prometheus:9090, tokenFile: ./token, labels: { tenant: customer } }'),
    ).service;
    expect(prometheus).toMatchObject({
      tokenFile: join(folder, 'token'),
      intervalMs: 5000,
      scrapeIntervalMs: 15_000,
      metrics: { requests: 'http_requests_total' },
      labels: { pod: 'pod', tenant: 'customer', status: 'status' },
    });
    expect(read(good).service.prometheus).toBeUndefined();
  });

  it.each([
    ['{ url: prometheus }', /prometheus\.url: "prometheus"; expected an http or https url/],
    [
      '{ url: http://p, selector: namespace=x }',
      /prometheus\.selector: "namespace=x"; expected label matchers/,
    ],
    ['{ url: http://p, queries: { p95: x } }', /prometheus\.queries: .*[Uu]nrecognized key.*"p95"/],
    ['{ url: http://p, scrapeIntervalMs: 300000 }', /prometheus\.scrapeIntervalMs: 300000; .*60000/],
  ])('refuses the Prometheus %s', (prometheus, message) => {
    expect(mistakeIn(withPrometheus(prometheus))).toMatch(message);
  });

  it('says when there is no such file', () => {
    expect(() => readConfig(join(folder, 'none.yaml'), {})).toThrow(
      /none\.yaml: cannot be read \(ENOENT\); expected a YAML file/,
    );
  });
});

const withChannels = (channels: string, contact: string): string =>
  `${good.replace('{ channel: inbox }', contact)}channels:\n${channels}`;

describe('channels', () => {
  const sms = '{ channel: sms, address: "+4915112345678" }';
  const account = 'provider: twilio, account: AC1, from: "+15005550006"';

  it('takes secrets from a file or the environment, and one provider or several', () => {
    writeFileSync(join(folder, 'token'), 'from-file\n');
    const several = `  sms:
    - { ${account}, token: { file: ./token } }
    - { ${account}, token: { env: SECOND } }
  ntfy: { url: 'https://ntfy.example.org' }
`;
    const { channels } = read(withChannels(several, sms), { SECOND: 'from-environment' });
    expect(channels.sms.map((one) => one.token)).toEqual(['from-file', 'from-environment']);
    expect(channels.ntfy).toEqual([{ url: 'https://ntfy.example.org' }]);
  });

  it.each([
    [
      'a secret that is not there',
      `  slack: { token: { env: NOWHERE } }\n`,
      '{ channel: inbox }',
      /channels\.slack\.token: .*NOWHERE.*it is not set/,
    ],
    [
      'a secret in the file itself',
      `  slack: { token: xoxb-1 }\n`,
      '{ channel: inbox }',
      /expected a secret by \{ file: PATH \} or \{ env: NAME \}/,
    ],
    [
      'a contact without its channel',
      '  teams: {}\n',
      sms,
      /people\.0\.contacts\.0: .*\+4915112345678.*; expected channels\.sms to be configured/,
    ],
    [
      'a contact with an unknown name',
      '  teams: {}\n',
      '{ channel: teams, address: ops }',
      /contacts\.0: .*ops.*; expected one of channels\.teams: \(none\)/,
    ],
    [
      'a voice that is a messaging service: it cannot call',
      `  voice: { ${account.replace('+15005550006', 'MG0123')}, token: { file: ./token } }\n`,
      '{ channel: inbox }',
      /tocsin\.yaml:\d+:\d+: channels\.voice\.from: "MG0123"; expected a number in E\.164: a messaging service MG\.\.\. cannot call/,
    ],
    [
      'a message to somebody outside without a mail server',
      `  teams: {}\nexternal:\n  - { id: cloud, name: Cloud, level: 2, email: help@cloud.example, send: true }\n`,
      '{ channel: inbox }',
      /external\.0\.send: true; expected false, or channels\.email to be configured/,
    ],
    [
      'a number as people write it',
      '  teams: {}\n',
      '{ channel: sms, address: "0151 12345" }',
      /contacts\.0\.address: "0151 12345"; expected a number in E\.164/,
    ],
  ])('refuses %s, with its place', (_case, channels, contact, why) => {
    expect(mistakeIn(withChannels(channels, contact))).toMatch(why);
    expect(mistakeIn(withChannels(channels, contact))).toMatch(/tocsin\.yaml:\d+/);
  });

  it('refuses a rule about a contact that the person does not have', () => {
    const rules = "{ channel: inbox }]\n    rules: [{ afterMinutes: 0, by: ['sms'] }";
    expect(mistakeIn(withChannels('  teams: {}\n', rules))).toMatch(
      /people\.0\.rules\.0\.by\.0: "sms"; expected one of their contacts: inbox/,
    );
  });
});

function withSubscribers(subscribers: string): string {
  return good.replace(/smtp:.*\n/, '').concat(`statusPage: { subscribers: ${subscribers} }\n`);
}

describe('subscribers of the status page', () => {
  it('need a mail server for e-mail alone', () => {
    expect(mistakeIn(withSubscribers('true'))).toMatch(
      /tocsin\.yaml:\d+.*statusPage\.subscribers: true; expected smtp: \{ url, from \} to mail them by, or email: false/,
    );
    const file = join(folder, 'hooks.yaml');
    writeFileSync(file, withSubscribers('{ email: false, webhookHosts: [example.com], slack: true }'));
    expect(readConfig(file, {}).statusPage.subscribers).toEqual({
      email: false,
      webhookHosts: ['example.com'],
      slack: 'https://hooks.slack.com',
    });
  });

  it('are at hosts of two labels at least, or at origins', () => {
    expect(mistakeIn(withSubscribers('{ email: false, webhookHosts: [com] }'))).toMatch(
      /statusPage\.subscribers\.webhookHosts\.0: "com"; expected a host such as example\.com/,
    );
    expect(mistakeIn(withSubscribers('yes please'))).toMatch(
      /statusPage\.subscribers: "yes please"; expected true, false, or \{ email, webhookHosts, slack \}/,
    );
  });
});
