import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { exportAlertmanager } from '../../src/export/index.ts';
import { compileRunbook } from '../../src/index.ts';
import { runOnFiles, type Said } from './promtool.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const shipped = readFileSync(new URL('../../../../runbooks/outage.md', import.meta.url), 'utf8');
const documents = [
  ...readdirSync(fixtures)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(new URL(name, fixtures), 'utf8')] as const),
  ['outage.md', shipped] as const,
];

const exported = (markdown: string) => exportAlertmanager(compileRunbook(markdown), { file: 'outage.md' });
const good = expect.objectContaining({ ok: true });

/** `amtool check-config`. */
function check(yaml: string): Said {
  return runOnFiles(['amtool', 'check-config', 'alertmanager.yml'], { 'alertmanager.yml': yaml });
}

/** `amtool config routes test`: the receivers that hear of an alert with these labels. */
function receivers(yaml: string, labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const command = ['amtool', 'config', 'routes', 'test', '--config.file=alertmanager.yml', ...pairs];
  return runOnFiles(command, { 'alertmanager.yml': yaml }).stdout.trim();
}

describe('a configuration from a runbook', () => {
  it.each(documents)('of %s is accepted by amtool', (_, markdown) => {
    expect(check(exported(markdown).yaml)).toEqual(good);
  });

  it.each([
    [
      'a grave alert',
      { runbook: 'Outage Runbook', severity: 'P0', detector: 'error-rate' },
      'l1-primary-on-call-engineer',
    ],
    [
      'a lesser alert',
      { runbook: 'Outage Runbook', severity: 'P2', detector: 'node-failure' },
      'l1-primary-on-call-engineer',
    ],
    [
      'an alert of the database, to its role as well',
      { runbook: 'Outage Runbook', severity: 'P2', detector: 'database-connections' },
      'role-database-administrator,l1-primary-on-call-engineer',
    ],
    ['an alert of somebody else, to the first level', { alertname: 'Other' }, 'l1-primary-on-call-engineer'],
  ])('routes %s', (_, labels, expected) => {
    expect(receivers(exported(shipped).yaml, labels)).toBe(expected);
  });

  it('repeats as often as people are updated', () => {
    const interval = (markdown: string) => exported(markdown).data.route;
    expect(interval(shipped)).toMatchObject({ repeat_interval: '15m', group_interval: '1m' });
    const often = shipped.replace('Every 15 minutes', 'Every 45 seconds');
    expect(interval(often)).toMatchObject({ repeat_interval: '45s', group_interval: '45s' });
    expect(check(exported(often).yaml)).toEqual(good);
    expect(interval(shipped.replace('Every 15 minutes', 'Often'))).not.toHaveProperty('repeat_interval');
  });

  it('keeps lesser alerts quiet during graver ones, but for the database', () => {
    expect(exported(shipped).data.inhibit_rules).toEqual([
      {
        source_matchers: ['runbook="Outage Runbook"', 'severity="P0"'],
        target_matchers: ['severity=~"P1|P2"', 'detector!="database-connections"'],
        equal: ['runbook'],
      },
      {
        source_matchers: ['runbook="Outage Runbook"', 'severity="P1"'],
        target_matchers: ['severity=~"P2"', 'detector!="database-connections"'],
        equal: ['runbook'],
      },
    ]);
  });

  it('leaves every receiver to be filled in, and says who it is', () => {
    const { yaml, data } = exported(shipped);
    expect(data.receivers.every((receiver) => Object.keys(receiver).join() === 'name')).toBe(true);
    expect(yaml).toContain(
      '  # L2, after 30 minutes: Secondary on-call engineer; contact "Secondary On-Call": on-call schedule secondary-on-call\n  - name: l2-secondary-on-call-engineer\n',
    );
  });

  it('says what Alertmanager cannot do', () => {
    const { notes, yaml } = exported(shipped);
    expect(notes.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^L2 \(Secondary on-call engineer\) after 30 minutes: .* time since detection/),
      expect.stringMatching(/^L3 /),
      expect.stringMatching(/^L4 /),
      expect.stringMatching(/^an alert that nobody acknowledges within 5 minutes moves on: /),
      expect.stringMatching(/^customers updated every 30 minutes: /),
      expect.stringMatching(/^executives told after 60 minutes: /),
    ]);
    for (const { line, text } of notes) expect(yaml).toContain(`# - outage.md:${line}: ${text}\n`);
  });

  it('is accepted for a document that says nothing', () => {
    const { yaml, data } = exported('# Nothing');
    expect(check(yaml)).toEqual(good);
    expect(data.receivers).toEqual([{ name: 'on-call' }]);
  });
});

describe('hostile text', () => {
  it('is accepted by amtool', () => {
    const markdown = [
      '# A "name" with \\ and {{ braces }} # and more',
      '## Severity',
      '- P0: a',
      '- P1: b',
      '## Escalation',
      '- L1 (0-5 min): Anna "the" \\ # {{ x }}',
      '- L2 (5+ min): Anna "the" \\ # {{ x }}',
    ].join('\n');
    const { yaml } = exported(markdown);
    expect(check(yaml)).toEqual(good);
    expect(receivers(yaml, { runbook: compileRunbook(markdown).name, severity: 'P1' })).toMatch(
      /^l1-anna-the-x$/,
    );
  });

  it('stays inside its comment and its string', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\u2028', '\u0085', '\u0000', '# x', "'", '"', ': ', '|', '\\'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        const text = words.join('');
        const { yaml, data } = exported(
          `# ${text}\n## Severity\n- P0: ${text}\n## Roles\n- **${text}**: ${text}\n## Escalation\n- 0-5 min: ${text}\n## Contacts\n- ${text}: ${text}`,
        );
        expect(parse(yaml)).toEqual(data);
        const names = data.receivers.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 200 },
    );
  });
});
