import type { RunbookChange, RunbookText, RunbookVersionView, RunbookView } from '@tocsin/contract';
import { colors as pc } from '../colors.ts';

/** `runbook show` for a terminal: the version in use, and what the file holds when that is another one. */
export function runbookText(view: RunbookView): string {
  return [
    ...versionLines('in use', view.inUse),
    `edited versions: ${view.adopt === 'automatic' ? 'taken by themselves unless something gets weaker' : 'every change waits for a yes'}`,
    ...(view.unreadable === null ? [] : ['', pc.red(view.unreadable)]),
    ...(view.offered === null ? [] : ['', ...offerLines(view.offered)]),
    ...(view.refused === null ? [] : ['', ...refusalLines(view.refused)]),
  ].join('\n');
}

/** `runbook diff`: what the offered version would do differently, weaker ones first. */
export function diffText({ offered, refused, inUse }: RunbookView): string {
  if (offered !== null) return offerLines(offered).join('\n');
  if (refused !== null) return refusalLines(refused).join('\n');
  return `no version is offered; ${inUse.hash.slice(0, 12)} is in use`;
}

export function changeLine({ weight, text }: RunbookChange): string {
  const color = { weaker: pc.red, neutral: pc.cyan, safer: pc.green }[weight];
  return `  ${color(weight.padEnd(7))} ${text}`;
}

/** Errors as `tocsin lint` prints them: file:line:column, code, message. */
export function refusalLines({ hash, file, because, problems }: RunbookText): string[] {
  const errors = problems.filter((problem) => problem.level === 'error');
  return [
    pc.red(`refused  ${hash.slice(0, 12)}: ${because}`),
    ...errors.map((one) => `  ${pc.bold(`${file}:${one.line}:${one.column}`)} ${one.code} ${one.message}`),
  ];
}

function offerLines(offered: RunbookText): string[] {
  return [
    pc.yellow(`offered  ${offered.hash.slice(0, 12)}: ${offered.because}`),
    ...offered.changes.map(changeLine),
    `  tocsin runbook adopt ${offered.hash.slice(0, 12)}   takes it into use`,
  ];
}

function versionLines(label: string, version: RunbookVersionView): string[] {
  const by = version.takenBy === null ? '' : ` by ${version.takenBy.name}`;
  return [
    `${pc.bold(version.name)}  ${version.hash.slice(0, 12)}  ${label} since ${version.takenAt ?? version.seenAt}${by}`,
    pc.dim(`  ${version.file}: ${version.because}`),
    ...version.changes.map(changeLine),
  ];
}
