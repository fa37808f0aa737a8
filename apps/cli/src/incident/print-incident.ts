import type { ExternalCallView, IncidentListItem, IncidentView, StepView } from '@tocsin/contract';
import { colors as pc } from '../colors.ts';

/** One line of `incident list`. */
export function listLine(item: IncidentListItem): string {
  const cause = item.diagnosis === null ? '' : `  ${item.diagnosis.id} ${item.diagnosis.subject}`;
  const waiting = item.stepsWaiting > 0 ? pc.yellow(`  ${item.stepsWaiting} waiting for approval`) : '';
  const status = item.reviewedAt === null ? item.status : 'reviewed';
  return `${item.id}  ${pc.bold(item.severity)}  ${status.padEnd(9)}  ${item.detectedAt}  ${item.title}${cause}${waiting}${item.drill ? pc.dim('  drill') : ''}`;
}

/** `incident show` for a terminal: what one needs to decide, most important first. */
export function incidentText(incident: IncidentView): string {
  const { times } = incident;
  const lines = [
    pc.bold(`${incident.severity} ${incident.status.toUpperCase()}  #${incident.number}  ${incident.title}`) +
      (incident.drill ? pc.dim('  (drill)') : ''),
    incident.severityReason,
    '',
    `detected ${times.detectedAt}  acknowledged ${times.acknowledgedAt ?? '-'}  mitigated ${times.mitigatedAt ?? '-'}  verified ${times.verifiedAt ?? '-'}`,
    ...peopleLines(incident),
    ...incident.diagnoses.flatMap((one) => [
      '',
      `${pc.bold(one.id)} ${one.subject}  ${one.confidence.toFixed(2)}`,
      ...one.for.map((text) => `  + ${text}`),
      ...one.against.map((text) => `  - ${text}`),
      ...one.settles.map((text) => `  ? ${text}`),
    ]),
    ...incident.steps.flatMap(stepLines),
    ...(incident.noStep === null ? [] : ['', pc.bold(incident.noStep)]),
    ...incident.external.flatMap(externalLines),
    '',
    `evidence: ${incident.evidence.length} reads, ${incident.evidencePending} running; pages: ${incident.pages.map((page) => `${page.personName} ${page.state}`).join(', ') || 'none'}`,
    ...incident.checklist.map(
      (line, index) =>
        `  ${index + 1}. [${line.tickedAt === null ? ' ' : 'x'}] ${line.text}${line.because === null ? '' : pc.dim(`  ${line.because}`)}`,
    ),
  ];
  return lines.join('\n');
}

function externalLines(one: ExternalCallView): string[] {
  const ways = [one.phone, one.url, one.email].filter((way) => way !== null).join(', ');
  const call =
    one.called === null
      ? pc.yellow(`  by hand: call them; say "tocsin incident called ID ${one.id} NOTE" when it is done`)
      : `  called by ${one.called.by.name}: ${one.called.note}`;
  return [
    '',
    `outside ${pc.bold(one.id)}  ${one.name}  level ${one.level}  ${ways}`,
    ...whereKnown(one.reference, (text) => `  reference: ${text}`),
    ...whereKnown(one.say, (text) => `  say: ${text}`),
    ...whereKnown(
      one.mail,
      ({ state, detail }) => `  message: ${state}${detail === null ? '' : `, ${detail}`}`,
    ),
    call,
  ];
}

/** Who has taken it, and whether anybody is called. */
function peopleLines({ roles, waits, snoozedUntil, times, reviewed }: IncidentView): string[] {
  return [
    ...whereKnown(reviewed, ({ byName, at, note, link }) =>
      [`reviewed, says ${byName} at ${at}`, note, link].filter((part) => part !== null).join(': '),
    ),
    ...(roles.length === 0 ? [] : [roles.map((one) => `${one.role} ${one.personName}`).join('  ')]),
    ...(waits && times.answeredAt !== null
      ? [pc.yellow(`called again since ${times.acknowledgedBy ?? 'somebody'} acknowledged: nobody has yet`)]
      : []),
    ...whereKnown(snoozedUntil, (until) => `nobody is called until ${until}`),
  ];
}

function stepLines(step: StepView): string[] {
  const given = `${step.approvals.length}/${step.approvalsNeeded} approvals`;
  return [
    '',
    `step ${pc.bold(step.id)}  ${step.status}  ${given}  ${step.effect}`,
    `  $ ${step.command}`,
    `  on ${step.target}: ${step.blastRadius}`,
    ...(step.differences ?? []).map((line) => `  changes ${line}`),
    ...step.checks.map(
      (check) => `  ${check.ok ? pc.green('ok') : pc.red('NO')} ${check.name}: ${check.text}`,
    ),
    ...whereKnown(step.manual, (why) =>
      pc.yellow(`  by hand: ${why}; say "tocsin incident done" when it is`),
    ),
    ...whereKnown(step.overridden, (one) =>
      pc.red(`  OVERRIDDEN by ${one.by.name}: ${one.checks.join(', ')}: ${one.reason}`),
    ),
    ...whereKnown(step.chosen, (why) => `  why: ${why}`),
    ...whereKnown(step.requestedBy, (by) => `  asked for by ${by.name}${somebodyElse(step)}`),
    ...whereKnown(step.cancelled, (one) => pc.red(`  cancelled by ${one.by.name}: ${one.reason}`)),
    ...whereKnown(step.undo, (command) => `  undo: ${command}`),
    ...whereKnown(step.outcome, (text) => `  outcome: ${text}`),
  ];
}

function somebodyElse({ singlePerson }: StepView): string {
  return singlePerson ? ', in a team of one' : ': somebody else approves it';
}

/** One line where there is a value. */
function whereKnown<Value>(value: Value | null, say: (value: Value) => string): string[] {
  return value === null ? [] : [say(value)];
}
