import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readTeamFile } from './read-team-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-team-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const good = `people:
  - { id: ada, name: Ada, role: approver, contacts: [{ channel: inbox }] }
schedules:
  - id: platform
    zone: Europe/Berlin
    layers:
      - { id: main, people: [ada], start: 2026-01-05T09:00 }
onCall:
  '1': [platform]
`;

function read(text: string) {
  const file = join(folder, 'team.yaml');
  writeFileSync(file, text);
  return readTeamFile(file);
}

test('fills in what may be left out, and knows where values stand', () => {
  const { team, placeOf } = read(good);
  expect(team.schedules[0]?.layers[0]).toMatchObject({ every: 'weekly', whenAway: 'next' });
  expect(placeOf(['onCall', '1', 0]).replace(folder, '')).toBe('/team.yaml:9:9');
});

test.each([
  [
    'somebody unknown',
    good.replace('[platform]', '[eve]'),
    /team\.yaml:9:9: onCall\.1\.0: "eve"; expected one of the people and schedules: ada, platform/,
  ],
  [
    'somebody unknown at a level that is written as a number',
    good.replace("'1': [platform]", '1: [eve]'),
    /team\.yaml:9:7: onCall\.1\.0: "eve"; expected one of the people and schedules: ada, platform/,
  ],
  [
    'a start with an offset',
    good.replace('2026-01-05T09:00', '2026-01-05T09:00Z'),
    /team\.yaml:7:\d+: schedules\.0\.layers\.0\.start: "2026-01-05T09:00Z"; expected a date and a time without an offset/,
  ],
  [
    'a zone that is none',
    good.replace('Europe/Berlin', 'Mars/Base'),
    /team\.yaml:5:11: schedules\.0\.zone: "Mars\/Base"; expected an IANA time zone/,
  ],
  [
    'a length that is none',
    good.replace('people: [ada],', 'people: [ada], every: often,'),
    /team\.yaml:7:\d+: schedules\.0\.layers\.0\.every: "often"; expected daily, weekly/,
  ],
  [
    'somebody outside without a way there',
    `${good}external:\n  - { id: cloud, name: Cloud, level: 2, send: true, url: 'https://cloud.example' }\n`,
    /team\.yaml:11:\d+: external\.0\.send: true; expected false, or an email to send to/,
  ],
  ['nobody', 'people: []\nonCall: {}\n', /team\.yaml:1:9: people: \[\]; at least one person to wake/],
  ['no YAML', 'people: [', /team\.yaml:\d+:\d+: not YAML/],
])('refuses %s with place, value and what was expected', (_name, text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('says which file cannot be read', () => {
  expect(() => readTeamFile(join(folder, 'none.yaml'))).toThrow(
    /none\.yaml: cannot be read \(ENOENT\); expected a YAML file/,
  );
});
