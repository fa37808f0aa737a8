import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lintRunbook } from '../src/index.ts';

const text = readFileSync(new URL('fixtures/plain-outage-runbook.md', import.meta.url), 'utf8');

function errorsAfter(from: string, to: string): [string, number, string][] {
  expect(text).toContain(from);
  const errors = lintRunbook(text.replace(from, to), { file: 'r.md' }).filter(
    (problem) => problem.level === 'error',
  );
  expect(errors.every((problem) => problem.file === 'r.md')).toBe(true);
  return errors.map((problem) => [problem.code, problem.line, problem.message]);
}

describe('a broken runbook says line, what is there and what was expected', () => {
  it('overlapping windows', () => {
    expect(errorsAfter('(5-15 minutes)', '(4-15 minutes)')).toEqual([
      [
        'RB001',
        67,
        'overlap: phase 2 "Assessment" begins at 4 min, expected 5 min, where phase 1 "Acknowledgment" ends',
      ],
    ]);
  });

  it('a gap between windows', () => {
    expect(errorsAfter('(15-30 minutes)', '(20-30 minutes)')).toEqual([
      [
        'RB001',
        98,
        'gap: phase 3 "Isolation" begins at 20 min, expected 15 min, where phase 2 "Assessment" ends',
      ],
    ]);
  });

  it.each([
    ['(5-x minutes)', 'found "(5-x minutes)"'],
    ['(fifteen minutes)', 'found "(fifteen minutes)"'],
    ['(15-5 minutes)', 'expected an end after its beginning'],
    ['(5-15 bananas)', 'found "(5-15 bananas)"'],
  ])('the window %s', (window, message) => {
    const errors = errorsAfter('(5-15 minutes)', window);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.slice(0, 2)).toEqual(['RB004', 67]);
    expect(errors[0]?.[2]).toContain(message);
  });

  it('a gap in the escalation', () => {
    expect(errorsAfter('| 30-60 mins |', '| 45-60 mins |')).toEqual([
      ['RB002', 296, 'gap: level L2 begins at 45 min, expected 30 min, where level L1 ends'],
    ]);
  });

  it('overlapping escalation levels', () => {
    expect(errorsAfter('| 60-120 mins |', '| 50-120 mins |')).toEqual([
      ['RB002', 297, 'overlap: level L3 begins at 50 min, expected 60 min, where level L2 ends'],
    ]);
  });

  it('a malformed time in the table', () => {
    const errors = errorsAfter('| 60-120 mins |', '| soon |');
    expect(errors[0]).toEqual([
      'RB005',
      297,
      'escalation time: found "soon", expected a span such as "0-30 mins" or "2+ hours"',
    ]);
  });

  it('a table without a column of times', () => {
    const errors = errorsAfter('| Time Elapsed | Level | Action |', '| Colour | Level | Action |');
    expect(errors[0]?.slice(0, 2)).toEqual(['RB005', 293]);
    expect(errors[0]?.[2]).toContain('"Colour | Level | Action"');
  });

  it.each(['>five%', '>%', '>500%', '>5s'])('the error-rate threshold %s', (threshold) => {
    const errors = errorsAfter('>5%', threshold);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.slice(0, 2)).toEqual(['RB011', 27]);
    expect(errors[0]?.[2]).toContain('expected');
  });

  it('a latency without a unit', () => {
    expect(errorsAfter('>1s 95th', '>1 95th')[0]?.slice(0, 2)).toEqual(['RB011', 28]);
  });

  it('malformed annotations', () => {
    expect(
      errorsAfter('### Node Failure\n', '<!-- tocsin: {"causes":} -->\n### Node Failure\n')[0]?.slice(0, 2),
    ).toEqual(['RB003', 255]);
    expect(
      errorsAfter('```bash\n# Restart deployment', '```bash {"name":\n# Restart deployment')[0]?.slice(0, 2),
    ).toEqual(['RB003', 129]);
    expect(
      errorsAfter('```bash\n# Restart deployment', '```bash {"a":{"b":1}}\n# Restart deployment')[0]?.[2],
    ).toContain('expected a string');
    expect(errorsAfter('# Outage Runbook\n', '---\ntocsin: [\n---\n# Outage Runbook\n')[0]?.[0]).toBe(
      'RB003',
    );
  });

  it.each([
    ['{"tocsin-effect":"harmless"}', 'expected one of read'],
    ['{"tocsin-effect":"read"}', 'or stronger'],
    ['{"tocsin-approvals":"0"}', 'expected at least 1'],
    ['{"tocsin-approvals":"many"}', 'expected 0, 1 or 2'],
    ['{"tocsin-timeout":"soon"}', 'expected a duration'],
    ['{"tocsin-purpose":"fun"}', 'expected one of verify, undo'],
    ['{"tocsin-undo-of":"nothing"}', 'expected the name of another fence'],
  ])('the attribute %s', (attributes, message) => {
    const errors = errorsAfter(
      '```bash\n# Restart deployment',
      `\`\`\`bash ${attributes}\n# Restart deployment`,
    );
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.map((error) => error[2]).join()).toContain(message);
  });

  it('an allowance without a reason', () => {
    const from = '- **Executive updates**: For incidents lasting >1 hour';
    const errors = errorsAfter(from, `${from} <!-- tocsin: {"allow":"RB070"} -->`);
    expect(errors[0]?.[2]).toContain('without "because"');
    const allowed = lintRunbook(
      text.replace(from, `${from} <!-- tocsin: {"allow":"RB070","because":"on purpose"} -->`),
    );
    expect(allowed.filter((problem) => problem.line === 205)).toEqual([]);
  });
});
