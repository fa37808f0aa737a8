import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFixes, compileRunbook, fixRunbook, lintRunbook, type Action, type Plan } from '../src/index.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const names = readdirSync(new URL('fixtures/', import.meta.url)).filter((name) => name.endsWith('.md'));
const documents = names.map((name): [string, string] => [name, read(`fixtures/${name}`)]);
const shipped = read('../../../runbooks/outage.md');

/** Everything a reader of the rendered page sees: no code of fences, no info strings, no annotations. */
function proseOf(markdown: string): string {
  const fence = /^([ \t>*+.\-\d]*)(`{3,}|~{3,})([^\n]*)\n[^]*?^[ \t>]*\2[`~]*[ \t]*$/gm;
  return markdown.replace(fence, '$1$2').replaceAll(/<!--[^]*?-->/g, '<!---->');
}

function actionsOf(plan: Plan): Action[] {
  return [
    ...plan.phases.flatMap((phase) => phase.steps.flatMap((step) => step.actions)),
    ...plan.branches.flatMap((branch) => branch.actions),
    ...plan.scenarios.flatMap((scenario) => scenario.actions),
  ];
}

const STRENGTH = ['read', 'create-temp', 'mutate', 'destroy'];

/** Changes must stay the very same commands; only what reads, or goes away by itself, may be written better. */
function isSameChange(before: Action, after: Action): boolean {
  const changes = STRENGTH.indexOf(before.effect) >= STRENGTH.indexOf('mutate');
  return !changes || JSON.stringify(before.pipeline) === JSON.stringify(after.pipeline);
}

/** Actions that would do more than before, or something else, or ask fewer people. */
function stronger(before: Plan, after: Plan): string[] {
  const now = actionsOf(after);
  return actionsOf(before).flatMap((action, index) => {
    const same = now[index];
    const isNoStronger =
      same !== undefined &&
      isSameChange(action, same) &&
      STRENGTH.indexOf(same.effect) <= STRENGTH.indexOf(action.effect) &&
      same.approvals >= action.approvals &&
      (same.manual === undefined) === (action.manual === undefined);
    return isNoStronger ? [] : [`${action.text} -> ${same?.text}`];
  });
}

function errorsOf(plan: Plan): string[] {
  return plan.problems.filter(({ level }) => level === 'error').map(({ message }) => message);
}

/** All that holds of any document whose safe fixes were applied. */
function expectHarmless(markdown: string): void {
  const before = compileRunbook(markdown);
  const fixed = fixRunbook(markdown);
  const after = compileRunbook(fixed.markdown);
  expect(proseOf(fixed.markdown)).toBe(proseOf(markdown));
  expect(actionsOf(after)).toHaveLength(actionsOf(before).length);
  expect(stronger(before, after)).toEqual([]);
  expect(errorsOf(after).length).toBeLessThanOrEqual(errorsOf(before).length);
  expect(after.problems.filter(({ fix }) => fix?.safe === true)).toEqual([]);
  expect(fixed.problems).toEqual(after.problems);
  expect(fixRunbook(fixed.markdown)).toEqual({ ...fixed, fixed: [] });
}

/** Each fix, taken alone, mends the problem it belongs to. */
function expectEachMends(markdown: string): void {
  for (const problem of lintRunbook(markdown)) {
    const { fix, code, message } = problem;
    if (fix?.safe !== true) continue;
    const { line, column } = fix;
    const again = lintRunbook(applyFixes(markdown, [fix]).markdown).filter(
      (other) =>
        other.code === code &&
        other.message === message &&
        other.line === line &&
        other.fix?.column === column,
    );
    expect(again).toEqual([]);
  }
}

const NAMESPACE = ['', ' -n shop', ' --namespace=shop', ' -n <tenant>'];
const HEADS = [
  'kubectl get pods',
  'kubectl get endpoints shop-api',
  'kubectl describe ep/shop-api',
  'kubectl get ep -o yaml',
  'kubectl get events --sort-by=.lastTimestamp',
  'kubectl logs -l app=shop --since=10m',
  'kubectl logs deploy/shop -f',
  'kubectl describe nodes',
  'kubectl delete pod db-0 --force --grace-period=0',
  'kubectl drain <node-name> --ignore-daemonsets',
  'kubectl run debug --image=redis:6 --rm --attach -- redis-cli ping',
  'kubectl run debug --image=netshoot --rm -it -- sh',
  'kubectl run debug --image=shop',
  'kubectl rollout status deploy/shop',
  'kubectl rollout restart deploy/shop',
  'kubectl exec db-0 -- psql -c "DELETE FROM jobs"',
  'kubectl get\tpods',
  "psql -c 'SELECT\t1'",
  'curl http://shop.example/health',
  'curl -sk -X POST "https://shop.example/<Order Id>"',
  'curl --max-time 5 -o out.txt https://shop.example',
  'kubectl scale deploy/shop --replicas=3',
  'kubectl cordon <Node Name>',
  'sleep 5',
  'kubectl get pods -o "x>y" && date',
  'for a in b; do kubectl logs -l app=$a; done',
];
const TAILS = [
  '',
  ' | head -20',
  ' | head -n -3',
  ' | grep -i error',
  ' | grep -A 5 Conditions',
  ' | grep -A3 x | head',
  ' \\\n  --context west',
  ' # why',
];
const command = fc
  .tuple(fc.constantFrom(...HEADS), fc.constantFrom(...NAMESPACE), fc.constantFrom(...TAILS))
  .map((parts) => parts.join(''));
const INFOS = [
  'bash',
  '',
  'console',
  'sh {"name":"a"}',
  'bash {"tocsin-no-match":"ok"}',
  'bash {"tocsin-timeout":"5m"}',
  'bash {.numbered}',
  'bash {}',
];
const fence = fc
  .tuple(
    fc.constantFrom(...INFOS),
    fc.array(command, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '   ', '> '),
    fc.constantFrom('', '$ '),
  )
  .map(([info, commands, indent, prompt]) => {
    const code = commands.map((one) => prompt + one).join('\n');
    return `\`\`\`${info}\n${code}\n\`\`\``
      .split('\n')
      .map((line) => indent + line)
      .join('\n');
  });
const prose = fc.constantFrom(
  'Look at `kubectl logs -l app=a` first.',
  '1. **Step**',
  '- [ ] done',
  '<!-- tocsin: {"allow":"RB050","because":"short logs"} -->',
  "### If it's a node issue",
  '## Phase 2: Act (10+ minutes)',
  '',
);
const document = fc
  .tuple(
    fc.constantFrom('', '---\ntocsin:\n  namespace: shop\n---\n'),
    fc.array(fc.oneof(fence, prose), { minLength: 1, maxLength: 8 }),
    fc.constantFrom('\n', '\r\n'),
    fc.constantFrom('', '\uFEFF'),
  )
  .map(([front, blocks, lineEnd, mark]) => {
    const text = `${front}# Shop\n\n## Phase 1: Look (0-10 minutes)\n\n${blocks.join('\n\n')}\n`;
    return mark + text.replaceAll('\n', lineEnd);
  });

describe('safe fixes', () => {
  it.each(documents)('keep the prose and the effects of %s', (_, markdown) => {
    expect(markdown).not.toBe('');
    expectHarmless(markdown);
    expectEachMends(markdown);
    expectHarmless(`\uFEFF${markdown.replaceAll('\n', '\r\n')}`);
  });

  it('keep the prose and the effects of any runbook', () => {
    fc.assert(fc.property(document, expectHarmless), { numRuns: 300 });
  });

  it('each mend their own problem', () => {
    fc.assert(fc.property(document, expectEachMends), { numRuns: 150 });
  });

  it('keep line ends and a byte order mark', () => {
    fc.assert(
      fc.property(document, (markdown) => {
        const fixed = fixRunbook(markdown).markdown;
        expect(fixed.startsWith('\uFEFF')).toBe(markdown.startsWith('\uFEFF'));
        expect(fixed.match(/\r\n/g)?.length ?? 0).toBe(markdown.match(/\r\n/g)?.length ?? 0);
        expect(fixed.split('\n')).toHaveLength(markdown.split('\n').length);
      }),
      { numRuns: 100 },
    );
  });

  it('find nothing to do in the shipped runbook', () => {
    expect(fixRunbook(shipped)).toEqual({ markdown: shipped, fixed: [], problems: [] });
  });

  it('mend what the plain runbook writes wrongly, and say which problems those were', () => {
    const fixed = fixRunbook(read('fixtures/plain-outage-runbook.md'));
    const codes = fixed.fixed.map(({ code, line }) => `${code} ${line}`);
    expect(codes).toEqual([
      'RB051 74',
      'RB055 83',
      'RB050 92',
      'RB050 95',
      'RB053 95',
      'RB052 114',
      'RB041 120',
      'RB041 123',
      'RB054 178',
      'RB054 187',
      'RB050 235',
      'RB053 235',
      'RB055 274',
      'RB041 280',
    ]);
    const left = new Set(fixed.problems.map(({ code }) => code));
    for (const code of ['RB041', 'RB050', 'RB051', 'RB052', 'RB053', 'RB054', 'RB055'])
      expect(left.has(code)).toBe(false);
  });

  it('leave unsafe ones unless they are asked for', () => {
    const markdown = '## Phase 1: Look (0-10 minutes)\n\n```bash\nkubectl cordon <Node Name>\n```\n';
    expect(fixRunbook(markdown).markdown).toBe(markdown);
    expect(fixRunbook(markdown, { unsafe: true }).markdown).toBe(markdown.replace('Node Name', 'node-name'));
  });
});
