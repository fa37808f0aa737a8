import * as fc from 'fast-check';

/** A command of a generated runbook; `name` becomes an annotation of its fence. */
export interface DraftCommand {
  name: string;
  text: string;
  approvals: number;
  check: string | null;
}

/** A runbook as facts, from which a document is written. */
export interface Draft {
  settings: Record<string, string>;
  errorPercent: number;
  latency: { value: number; percentile: number };
  severities: string[][];
  roles: string[];
  phases: { name: string; minutes: number; steps: { title: string; commands: DraftCommand[] }[] }[];
  branches: { when: string; commands: DraftCommand[] }[];
  holdMinutes: number;
  levels: { target: string; minutes: number }[];
  contacts: { name: string; value: string }[];
  everyMinutes: number;
  afterMinutes: number;
  checklist: string[];
}

const nouns = [
  'gateway',
  'ledger',
  'search index',
  'mail relay',
  'billing',
  'catalogue',
  'session store',
  'worker fleet',
];
const verbs = [
  'Inspect',
  'Compare',
  'Count',
  'Write down',
  'Ask about',
  'Look through',
  'Measure',
  'Announce',
];
const title = fc
  .tuple(fc.constantFrom(...verbs), fc.constantFrom(...nouns))
  .map((words) => words.join(' the '));
const titles = fc.uniqueArray(title, { minLength: 1, maxLength: 5 });
const target = fc.constantFrom(
  'Anna',
  'the second shift',
  'Head of platform',
  'Operations desk',
  'Chief engineer',
  'Director',
);

const commandText = fc.oneof(
  fc
    .tuple(fc.constantFrom('pods', 'nodes', 'events', 'services', 'ingress'), fc.nat(99))
    .map(([kind, n]) => `kubectl get ${kind} -n space-${n}`),
  fc.nat(99).map((n) => `kubectl rollout restart deployment/app-${n} -n platform`),
  fc.nat(99).map((n) => `kubectl drain node-${n} --ignore-daemonsets --timeout=60s`),
  fc.nat(99).map((n) => `curl --fail --max-time 5 https://app-${n}.example.com/health`),
);

const commands = fc
  .uniqueArray(commandText, { maxLength: 4 })
  .map((texts) => texts.map((text): DraftCommand => ({ name: '', text, approvals: 2, check: null })));

const draft: fc.Arbitrary<Draft> = fc.record({
  settings: fc.dictionary(
    fc.constantFrom('service', 'namespace', 'placeholders.node-name'),
    fc.constantFrom('a', 'b', 'c'),
  ),
  errorPercent: fc.integer({ min: 2, max: 60 }),
  latency: fc.record({
    value: fc.integer({ min: 100, max: 5000 }),
    percentile: fc.constantFrom(50, 90, 95, 99),
  }),
  severities: fc.array(titles, { minLength: 1, maxLength: 5 }),
  roles: fc.uniqueArray(fc.constantFrom('Warden', 'Scribe', 'Liaison', 'Specialist'), { minLength: 1 }),
  phases: fc
    .uniqueArray(fc.constantFrom('Waking', 'Looking', 'Narrowing', 'Mending', 'Watching'), {
      minLength: 2,
      maxLength: 5,
    })
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.record({
            name: fc.constant(name),
            minutes: fc.integer({ min: 5, max: 40 }),
            steps: titles.chain((each) =>
              fc.tuple(...each.map((one) => fc.record({ title: fc.constant(one), commands }))),
            ),
          }),
        ),
      ),
    ),
  branches: fc
    .uniqueArray(fc.constantFrom('Node', 'Database', 'Network', 'Deployment', 'Certificate'), {
      minLength: 1,
    })
    .chain((names) =>
      fc.tuple(...names.map((name) => fc.record({ when: fc.constant(`${name} Issue`), commands }))),
    ),
  holdMinutes: fc.integer({ min: 5, max: 60 }),
  levels: fc
    .uniqueArray(target, { minLength: 2, maxLength: 5 })
    .chain((names) =>
      fc.tuple(
        ...names.map((name) =>
          fc.record({ target: fc.constant(name), minutes: fc.integer({ min: 5, max: 60 }) }),
        ),
      ),
    ),
  contacts: fc.uniqueArray(target, { minLength: 1, maxLength: 4 }).chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({
          name: fc.constant(name),
          value: fc.constantFrom('room 1', 'room 2', '[Phone number]'),
        }),
      ),
    ),
  ),
  everyMinutes: fc.integer({ min: 5, max: 60 }),
  afterMinutes: fc.integer({ min: 5, max: 60 }),
  checklist: titles,
});

/** Any draft; names within one list differ, and commands have names of their own. */
export const drafts: fc.Arbitrary<Draft> = draft.map((one) => {
  let number = 0;
  const named = <T extends { commands: DraftCommand[] }>(holder: T): T => ({
    ...holder,
    commands: holder.commands.map((command) => ({ ...command, name: `command-${(number += 1)}` })),
  });
  return {
    ...one,
    phases: one.phases.map((phase) => ({ ...phase, steps: phase.steps.map(named) })),
    branches: one.branches.map(named),
  };
});

const fence = ({ name, text, approvals, check }: DraftCommand, indent = ''): string[] => {
  const attributes = {
    name,
    'tocsin-approvals': String(approvals),
    ...(check === null ? {} : { 'tocsin-check': check }),
  };
  return [`\`\`\`bash ${JSON.stringify(attributes)}`, text, '```'].map((line) => indent + line);
};

const frontMatter = (settings: Record<string, string>): string[] =>
  Object.keys(settings).length === 0
    ? []
    : ['---', 'tocsin:', ...Object.entries(settings).map(([key, value]) => `  ${key}: ${value}`), '---'];

function windows(parts: { minutes: number }[]): string[] {
  let from = 0;
  return parts.map(({ minutes }, index) => {
    const start = from;
    from += minutes;
    return index === parts.length - 1 ? `${start}+ minutes` : `${start}-${from} minutes`;
  });
}

/** The document of a draft. `aside` is prose that is put between its sections. */
export function write(facts: Draft, aside = ''): string {
  const total = facts.phases.reduce((sum, { minutes }) => sum + minutes, 0);
  const phaseWindows = windows([...facts.phases, { minutes: 0 }]);
  const levelWindows = windows(facts.levels);
  const sections = [
    ['# Runbook'],
    [
      '## Severities',
      ...facts.severities.flatMap((criteria, n) => [
        `### Grade ${n} (P${n})`,
        ...criteria.map((one) => `- ${one}`),
      ]),
    ],
    [
      '## Detection',
      `- Error rate too high (>${facts.errorPercent}%)`,
      `- Slow answers (>${facts.latency.value}ms ${facts.latency.percentile}th percentile)`,
      '- Node failure',
    ],
    [
      '## Response team',
      ...facts.roles.map((role) => `- **${role}**: does the work of the ${role.toLowerCase()}`),
    ],
    ['## Process'],
    ...facts.phases.map(({ name, steps }, n) => [
      `### Phase ${n + 1}: ${name} (${phaseWindows[n]})`,
      ...steps.flatMap((step, m) => [
        `${m + 1}. **${step.title}**`,
        ...step.commands.flatMap((one) => fence(one, '   ')),
      ]),
    ]),
    ...facts.branches.map(({ when, commands: own }) => [
      `#### If it's a ${when}`,
      ...own.flatMap((one) => fence(one)),
    ]),
    [`### Phase 9: Calm (${total}+ minutes)`, `1. **Watch for stability** for ${facts.holdMinutes}+ minutes`],
    [
      '## Communication plan',
      `- Updates: every ${facts.everyMinutes} minutes`,
      `- Board: for incidents lasting >${facts.afterMinutes} minutes`,
    ],
    ['## Contacts', ...facts.contacts.map(({ name, value }) => `- **${name}**: ${value}`)],
    [
      '## Escalation',
      '| Time | Level | Who |',
      '|---|---|---|',
      ...facts.levels.map((level, n) => `| ${levelWindows[n]} | L${n + 1} | ${level.target} |`),
    ],
    ['## Checklist', ...facts.checklist.map((line) => `- [ ] ${line}`)],
  ];
  return [...frontMatter(facts.settings), ...sections.flatMap((lines) => [aside, ...lines, ''])].join('\n');
}
