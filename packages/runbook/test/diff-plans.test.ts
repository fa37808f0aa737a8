import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRunbook, diffPlans, type Change } from '../src/index.ts';

const plain = readFileSync(new URL('fixtures/plain-outage-runbook.md', import.meta.url), 'utf8');
const shipped = readFileSync(new URL('../../../runbooks/outage.md', import.meta.url), 'utf8');

function edit(text: string, from: string | RegExp, to: string): string {
  const edited = text.replace(from, () => to);
  expect(edited).not.toBe(text);
  return edited;
}

function changes(old: string, next: string): Change[] {
  return diffPlans(compileRunbook(old), compileRunbook(next));
}

function told(old: string, from: string | RegExp, to: string): string[] {
  return changes(old, edit(old, from, to)).map(({ kind, text, weight }) => `${weight} ${kind}: ${text}`);
}

describe('one edit of the document is one change, in words', () => {
  it.each<[string, string | RegExp, string, string]>([
    ['a lower limit', '>5%', '>2%', 'safer threshold: error-rate threshold 5 % -> 2 %'],
    ['a higher limit', '>5%', '>50%', 'weaker threshold: error-rate threshold 5 % -> 50 %'],
    [
      'another percentile',
      '>1s 95th percentile',
      '>1s 99th percentile',
      'safer threshold: latency threshold 1 s at the 95th percentile -> 1 s at the 99th percentile',
    ],
    [
      'a detector that is gone',
      '- Node failure alerts\n',
      '',
      'weaker detector: detector removed: "Node failure alerts" (node-failure)',
    ],
    [
      'a detector that nothing measures',
      '- Pod crash loop alerts',
      '- Pod crashed loop alarms',
      'weaker detector: detector "Pod crashed loop alarms" is measured by nothing (unknown) instead of measured as crash-loop',
    ],
    [
      'a level that comes sooner',
      /0-30 mins( \| L1.*\n\| )30-60/,
      '0-10 mins | L1 | Primary on-call engineer |\n| 10-60',
      'safer escalation: L2 (Secondary on-call engineer) is paged after 10 instead of 30 minutes',
    ],
    [
      'another person',
      'Engineering management |',
      'Platform lead |',
      'neutral escalation: L3 pages "Platform lead" instead of "Engineering management"',
    ],
    [
      'a level that is gone',
      /\n\|[^\n]*L4[^\n]*/,
      '',
      'weaker escalation: escalation level removed: L4 (Executive leadership), 120+ minutes',
    ],
    [
      'a later end of a phase',
      /Acknowledgment \(0-5 minutes\)([^]*)\(5-15/,
      'Acknowledgment (0-9 minutes)$REST(9-15',
      'weaker window: phase "Acknowledgment" ends after 9 minutes instead of 5 minutes',
    ],
    [
      'a criterion',
      '- Security breach detected\n',
      '',
      'weaker criterion: criterion of P0 removed: "Security breach detected"',
    ],
    [
      'the watch for stability',
      'for 15+ minutes',
      'for 5+ minutes',
      'weaker stability: a recovered service must hold for 5 minutes instead of 15 minutes',
    ],
    [
      'a cadence',
      'Every 15 minutes',
      'Every 10 minutes',
      'safer cadence: internal: updated every 10 instead of 15 minutes',
    ],
    ['a trigger', '>1 hour', '>2 hours', 'weaker trigger: executives: told after 120 instead of 60 minutes'],
    ['a gate', '- [ ] Stability confirmed\n', '', 'weaker checklist: gate removed: "Stability confirmed"'],
    [
      'a contact',
      '- **AWS Support**: [Phone number]',
      '- **AWS Support**: a case in the console',
      'safer contact: contact "AWS Support": "[Phone number]" -> "a case in the console"',
    ],
    [
      'a step that is gone',
      '2. **Verify outage** by checking multiple sources\n',
      '',
      'neutral step: step removed: "Verify outage by checking multiple sources" (phase "Acknowledgment")',
    ],
    [
      'a command that is gone',
      'kubectl get pods -n platform -l app=postgres\n',
      '\n',
      'neutral command: command removed in branch "Database Issue": "kubectl get pods -n platform -l app=postgres" (read)',
    ],
    [
      'a command that does more harm',
      'kubectl describe svc multitenant-api-service',
      'kubectl delete svc multitenant-api-service',
      'weaker command: command changed in branch "Network Issue": "kubectl describe svc multitenant-api-service -n platform" -> "kubectl delete svc multitenant-api-service -n platform"; counts as destroy instead of read; now needs 2 approvals instead of 0; is cut off after 60 s instead of 8 s',
    ],
    [
      'a heading that no diagnosis leads to any more',
      "If it's a Node Issue",
      "If it's Something Else",
      'weaker causes: branch "Node Issue" is called "Something Else", and answers no diagnosis instead of node-failure',
    ],
    [
      'a symptom',
      'Pod restarts, OOMKilled events',
      'OOMKilled events',
      'neutral symptom: symptom of scenario "Memory Exhaustion" removed: "Pod restarts"',
    ],
    [
      'a duty',
      'Database-related outage resolution',
      'Everything about the database',
      'neutral role: duty of role "Database Administrator": "Database-related outage resolution" -> "Everything about the database"',
    ],
  ])('%s', (_, from, to, expected) => {
    const rest = from instanceof RegExp ? (from.exec(plain)?.[1] ?? '') : '';
    expect(told(plain, from, to.replace('$REST', rest))).toEqual([expected]);
  });

  it.each<[string, string | RegExp, string, string]>([
    [
      'fewer approvals',
      '"tocsin-check":"fleet-healthy","tocsin-approvals":"2"',
      '"tocsin-check":"fleet-healthy","tocsin-approvals":"1"',
      'weaker approvals: drain-node now needs 1 approval instead of 2',
    ],
    [
      'no pre-check',
      '"tocsin-check":"fleet-healthy",',
      '',
      'weaker check: drain-node, pre-check: fleet-healthy -> none',
    ],
    [
      'another limit',
      '"tocsin-timeout":"90s"',
      '"tocsin-timeout":"2m"',
      'neutral annotation: drain-node is cut off after 120 s instead of 90 s',
    ],
    [
      'a command that counts as more harmful',
      '"name":"cordon-node"',
      '"name":"cordon-node","tocsin-effect":"destroy"',
      'safer effect: cordon-node counts as destroy instead of mutate; now needs 2 approvals instead of 1',
    ],
    [
      'no proof',
      /\n```bash \{"name":"restart-status"[^]*?```\n/,
      '',
      'weaker command: command removed in branch "Pod/Deployment Issue": "kubectl rollout status deployment/multitenant-api -n platform --timeout=5m" (read)',
    ],
    [
      'the source of a placeholder',
      '    policy-name: diagnosis\n',
      '',
      'weaker placeholder: source of <policy-name>: "diagnosis" -> none',
    ],
    [
      'what ticks a gate',
      '{"evidence":"person"}',
      '{"evidence":"review"}',
      'neutral checklist: gate "Runbook updated" is ticked by "review" instead of a person',
    ],
    [
      'a branch that is gone',
      /#### If it's a Network Issue[^]*?(?=### Phase 5)/,
      '',
      'weaker branch: branch removed: "Network Issue" (answers network-partition, selector-mismatch, port-mismatch, 5 commands (network-state read, network-state-2 read, keep-policy read, remove-policy destroy, network-verify read))',
    ],
  ])('%s', (_, from, to, expected) => {
    expect(told(shipped, from, to)).toEqual([expected]);
  });
});

describe('what is no change', () => {
  it.each<[string, (text: string) => string]>([
    ['the same text', (text) => text],
    ['prose', (text) => text.replaceAll('\n## ', '\nA few more words.\n\n## ')],
    ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
    ['more blank lines', (text) => text.replaceAll('\n\n', '\n\n\n')],
    [
      'the words of a detector',
      (text) => text.replace('High error rate alerts', 'Alerts of a high error rate'),
    ],
    ['the same limit in another unit', (text) => text.replace('>1s', '>1000ms')],
    ['a label of a command', (text) => text.replace('# Check ingress', '# The ingress')],
    ['another order of detectors', (text) => text.replace(/(- Health.*\n)(- High error.*\n)/, '$2$1')],
    [
      'another order of contacts',
      (text) => text.replace(/(- \*\*Database A.*\n)(- \*\*Security.*\n)/, '$2$1'),
    ],
    ['another order of the matrix', (text) => text.replace(/(\| 0-30.*\n)(\| 30-60.*\n)/, '$2$1')],
    [
      'a section that moved',
      (text) => {
        const matrix = /## Escalation Matrix[^]*?(?=## Checklist)/.exec(text)?.[0] ?? '';
        return text.replace(matrix, '').replace('## Outage Detection', () => `${matrix}## Outage Detection`);
      },
    ],
    [
      'scenarios in another order',
      (text) => {
        const last = /### Network Partition[^]*?(?=## Emergency)/.exec(text)?.[0] ?? '';
        return text.replace(last, '').replace('### Memory Exh', () => `${last}### Memory Exh`);
      },
    ],
    [
      'other heading words of the same meaning',
      (text) => text.replace('## Emergency Contacts', '## Contact list'),
    ],
  ])('%s', (name, change) => {
    const next = change(plain);
    expect(next === plain).toBe(name === 'the same text');
    expect(changes(plain, next)).toEqual([]);
  });
});

describe('what moved or came in between', () => {
  it('is no cascade: a command before all others', () => {
    const next = edit(plain, '# Check overall health\n', '# Check overall health\n   kubectl version\n');
    expect(changes(plain, next).map(({ text }) => text)).toEqual([
      'command added in step "Check monitoring dashboards": "kubectl version" (read)',
    ]);
  });

  it('is no cascade: a phase before all others, with new numbers', () => {
    let n = 0;
    const renumbered = plain.replaceAll(/### Phase \d/g, () => `### Phase ${(n += 1) + 1}`);
    const next = edit(
      renumbered,
      '### Phase 2',
      '### Phase 1: Calm down (0-0.5 minutes)\n\n1. Breathe\n\n### Phase 2',
    );
    expect(changes(plain, next).map(({ text }) => text)).toEqual([
      'phase added: "Calm down" (0-30 seconds, 1 step)',
    ]);
  });

  it('is no cascade: a level between two others', () => {
    const next = edit(
      plain,
      '| 30-60 mins | L2 | Secondary on-call engineer |\n| 60-120 mins | L3 | Engineering management |\n| 2+ hours | L4 |',
      '| 30-45 mins | L2 | Platform lead |\n| 45-60 mins | L3 | Secondary on-call engineer |\n| 60-120 mins | L4 | Engineering management |\n| 2+ hours | L5 |',
    );
    expect(changes(plain, next).map(({ text }) => text)).toEqual([
      'L3 (Secondary on-call engineer) is paged after 45 instead of 30 minutes',
      'escalation level added: L2 (Platform lead), 30-45 minutes',
    ]);
  });

  it('is told as moved: a step to another phase', () => {
    const step = '5. **Notify primary response team**\n';
    const moved = edit(
      edit(plain, step, ''),
      '1. **Check monitoring dashboards**',
      `${step}1. **Check monitoring dashboards**`,
    );
    expect(changes(plain, moved).map(({ text }) => text)).toEqual([
      'step "Notify primary response team" moved from phase "Acknowledgment" to "Assessment"',
    ]);
  });

  it('is told as moved: a command to another branch', () => {
    const command = 'kubectl get networkpolicies -n platform\n';
    const moved = edit(
      edit(plain, command, ''),
      '# Check database status\n',
      `${command}\n# Check database status\n`,
    );
    expect(changes(plain, moved).map(({ text }) => text)).toEqual([
      expect.stringMatching(/moved from branch "Network Issue" to branch "Database Issue"$/),
    ]);
  });

  it('is told as moved: the drain before the cordon', () => {
    const cordon = /```bash \{"name":"cordon-node"[^]*?```\n\n/.exec(shipped)?.[0] ?? '';
    const moved = edit(
      edit(shipped, cordon, ''),
      '```bash {"name":"node-replacements"',
      `${cordon}\`\`\`bash {"name":"node-replacements"`,
    );
    expect(changes(shipped, moved).map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^(?:cordon-node follows drain-node|drain-node comes first) in branch "Node Issue"; before: (?:comes first|follows cordon-node)$/,
      ),
    ]);
  });

  it('is told as renamed: a heading with all its commands', () => {
    expect(told(plain, "If it's a Node Issue", "If it's a Machine Problem")).toEqual([
      'neutral branch: branch "Node Issue" is called "Machine Problem"',
    ]);
  });
});

it('tells the dangerous first, with both places', () => {
  const next = edit(
    edit(edit(plain, '>5%', '>2%'), '- [ ] Service restored\n', ''),
    'Platform Engineer',
    'SRE',
  );
  const all = changes(plain, next);
  expect(all.map(({ weight }) => weight)).toEqual(['weaker', 'neutral', 'safer']);
  expect(all[2]).toMatchObject({ before: '> 5 %', after: '> 2 %', old: { line: 27 }, next: { line: 27 } });
});
