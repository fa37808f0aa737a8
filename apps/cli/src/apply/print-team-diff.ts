import type { OnCallWarning, TeamDiff } from '@tocsin/contract';
import { colors as pc } from '../colors.ts';

const signs = { added: '+', removed: '-', changed: '~' } as const;

/** What a team would change, one line each, and what would be wrong with it in the days to come. */
export function printTeamDiff({ version, changes, warnings }: TeamDiff): string {
  const lines =
    changes.length === 0
      ? [`nothing to change: version ${version} says the same`]
      : [
          `compared with version ${version}:`,
          ...changes.map(({ kind, text }) => paint[kind](`${signs[kind]} ${text}`)),
        ];
  return [...lines, ...warnings.map(printWarning)].join('\n');
}

const paint = { added: pc.green, removed: pc.red, changed: pc.yellow } as const;

/** `! gap: schedule platform from ... to ...: why`. */
export function printWarning({ kind, where, from, to, because }: OnCallWarning): string {
  return pc.yellow(`! ${kind}: ${where} from ${from} to ${to}: ${because}`);
}
