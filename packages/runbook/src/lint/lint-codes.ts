import type { ProblemLevel } from '../plan.ts';

/** What a code of lint is about; `docs/lint/CODE.md` says why, with an example. */
export interface LintCode {
  code: string;
  /** How its hits usually weigh. */
  level: ProblemLevel;
  title: string;
}

type Row = [string, ProblemLevel, string];

const ROWS: Row[] = [
  ['RB001', 'error', 'Phase windows overlap or leave a gap'],
  ['RB002', 'error', 'Escalation intervals overlap or leave a gap'],
  ['RB003', 'error', 'Malformed annotation'],
  ['RB004', 'error', 'Window of a phase cannot be read'],
  ['RB005', 'error', 'Escalation level cannot be read'],
  ['RB006', 'error', 'Undo of an unknown action'],
  ['RB007', 'info', 'Allowance that nothing needs'],
  ['RB008', 'error', 'This is not a runbook'],
  ['RB009', 'info', 'A part of the runbook is missing'],
  ['RB010', 'warning', 'Detector that nothing measures'],
  ['RB011', 'error', 'Threshold cannot be read'],
  ['RB012', 'warning', 'Phase without steps'],
  ['RB013', 'info', 'Updates rarer than the phases are long'],
  ['RB014', 'warning', 'Severity without criteria'],
  ['RB015', 'warning', 'Scenario without symptoms or commands'],
  ['RB016', 'info', 'Branch or scenario that no diagnosis leads to'],
  ['RB017', 'info', 'Role without a contact'],
  ['RB018', 'warning', 'Two of one name'],
  ['RB019', 'info', 'Fence without a language'],
  ['RB020', 'warning', 'Placeholder without a source'],
  ['RB021', 'warning', 'One thing under two names'],
  ['RB022', 'warning', 'Not written as a placeholder'],
  ['RB023', 'info', 'Link that leads nowhere'],
  ['RB024', 'info', 'Commands above the first step'],
  ['RB025', 'warning', 'Unknown key of an annotation'],
  ['RB026', 'info', 'Declared placeholder that nothing uses'],
  ['RB030', 'warning', 'Secret in a command line or pod spec'],
  ['RB031', 'warning', 'Certificate not checked'],
  ['RB040', 'warning', 'Needs a terminal, or never ends'],
  ['RB041', 'warning', 'Temporary pod without a namespace, or a name used twice'],
  ['RB042', 'warning', 'Not a pipeline of simple commands'],
  ['RB043', 'warning', 'Blind pause'],
  ['RB044', 'warning', 'Manifest from the network'],
  ['RB045', 'warning', 'Characters of a word processor'],
  ['RB046', 'info', 'Image without a fixed version'],
  ['RB047', 'warning', 'Limit that may lower the one in force'],
  ['RB048', 'warning', 'Generated name of a pod'],
  ['RB049', 'warning', 'Forced deletion'],
  ['RB050', 'warning', 'Logs by selector without `--tail`'],
  ['RB051', 'warning', 'Ascending sort, then `head`'],
  ['RB052', 'warning', '`grep -A` cuts off the conditions'],
  ['RB053', 'info', 'Exit code of a filter is no verdict'],
  ['RB054', 'warning', '`curl` without `--fail` and `--max-time`'],
  ['RB055', 'warning', 'Deprecated kind `endpoints`'],
  ['RB056', 'warning', 'No namespace where the others name one'],
  ['RB057', 'info', 'Another namespace or service than the front matter says'],
  ['RB058', 'warning', 'Waiting without an end'],
  ['RB060', 'warning', 'Destructive without pre-check, timeout or second approval'],
  ['RB061', 'warning', 'Stateful set restarted before its logs are read'],
  ['RB062', 'warning', 'Change without proof or way back'],
  ['RB063', 'warning', 'Everything of a kind'],
  ['RB064', 'warning', 'Drain that overrides protection'],
  ['RB065', 'warning', 'SQL that takes everything'],
  ['RB066', 'warning', 'Redis command that stops or empties it'],
  ['RB070', 'warning', 'Escalation target that nobody fills, or an audience told too early'],
  ['RB071', 'warning', 'Contact still to be filled'],
  ['RB080', 'info', 'Checklist line that no evidence ticks'],
  ['RB081', 'error', 'Evidence of a scenario that cannot be read'],
  ['RB301', 'warning', 'Stale binding'],
  ['RB302', 'warning', 'Binding of nothing'],
  ['RB303', 'error', 'Malformed sidecar'],
  ['RB310', 'error', 'One service, two runbooks'],
  ['RB311', 'warning', 'One of several runbooks names no service'],
];

/** Every code of lint, in order. */
export const LINT_CODES: readonly LintCode[] = ROWS.map(([code, level, title]) => ({ code, level, title }));
