import { readFileSync } from 'node:fs';
import { LINT_CODES, lintRunbook, type Problem } from '@tocsin/runbook';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { PAGE_FOLDERS } from './lint-pages.ts';
import { sarifLog } from './sarif.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const markdown = read('../../../../packages/runbook/test/fixtures/plain-outage-runbook.md');

/** The official schema is written for a draft that the validator no longer knows by name; its rules are the same. */
function validator() {
  const { $schema: _, id: __, ...schema } = JSON.parse(read('fixtures/sarif-2.1.0-schema.json'));
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

function runOf(problems: Problem[]) {
  const [run] = sarifLog(problems, OPTIONS).runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

const OPTIONS = { folders: PAGE_FOLDERS, cwd: '/work', version: '1.2.3' };
const logOf = (problems: Problem[]) => sarifLog(problems, OPTIONS);

function uriOf(file: string) {
  return runOf(lintRunbook('x', { file })).results[0]?.locations[0]?.physicalLocation.artifactLocation;
}

const validate = validator();

describe('the SARIF log', () => {
  const problems = lintRunbook(markdown, { file: 'run books/a.md' });
  const log = logOf(problems);
  const run = runOf(problems);

  it.each([
    ['of the plain runbook', log],
    ['of nothing', logOf([])],
    [
      'of broken runbooks',
      logOf(lintRunbook(markdown.replace('(5-15', '(5-x'), { file: '/elsewhere/b.md' })),
    ],
  ])('%s is valid', (_, candidate) => {
    validate(candidate);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('is refused by the schema when a level is none', () => {
    expect(
      validate({ ...log, runs: [{ ...run, results: [{ message: { text: 'x' }, level: 'info' }] }] }),
    ).toBe(false);
  });

  it('describes every code with its level and its page', () => {
    const { rules } = run.tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(LINT_CODES.map(({ code }) => code));
    for (const rule of rules) {
      expect(rule.helpUri).toMatch(new RegExp(`^file:///.*/${rule.id}\\.md$`));
      expect(rule.help?.markdown).toContain(`# ${rule.id}: ${rule.shortDescription.text}`);
    }
  });

  it.each(problems.map((problem, index) => ({ ...problem, index })))(
    'has $code in line $line at its place, with its rule',
    ({ index, code, level, line, column, endLine, endColumn, message }) => {
      const result = run.results[index];
      expect(run.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe(code);
      expect(result?.level).toBe(level === 'info' ? 'note' : level);
      expect(result?.message.text).toContain(message);
      expect(result?.locations[0]?.physicalLocation).toEqual({
        artifactLocation: { uri: 'run%20books/a.md', uriBaseId: '%SRCROOT%' },
        region: { startLine: line, startColumn: column, endLine, endColumn },
      });
    },
  );

  it('has fixes that do what ours do', () => {
    const ours = problems.flatMap(({ fix }) => fix ?? []);
    const theirs = run.results
      .flatMap((result) => result.fixes ?? [])
      .flatMap(({ description, artifactChanges }) =>
        artifactChanges.flatMap(({ replacements }) =>
          replacements.map(({ deletedRegion, insertedContent }) => ({
            line: deletedRegion.startLine,
            column: deletedRegion.startColumn,
            endLine: deletedRegion.endLine,
            endColumn: deletedRegion.endColumn,
            text: insertedContent.text,
            safe: description.text.startsWith('safe'),
          })),
        ),
      );
    expect(theirs).toEqual(ours);
    expect(theirs.length).toBeGreaterThan(10);
  });

  it('names files outside the working directory in whole, and standard input', () => {
    expect(uriOf('/elsewhere/a.md')).toEqual({ uri: 'file:///elsewhere/a.md' });
    expect(uriOf('<stdin>')).toEqual({ uri: 'stdin' });
  });
});
