import { confirm } from '@clack/prompts';
import { type Client, ProblemError, type TeamDiff } from '@tocsin/contract';
import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { printTeamDiff } from './print-team-diff.ts';
import { readTeamFile, type TeamFile } from './read-team-file.ts';

interface ApplyOptions extends ConnectOptions {
  readonly file: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `tocsin apply -f FILE`: people, schedules and levels as code, with what changes shown first. */
export function registerApply(program: Command): void {
  withConnection(
    program
      .command('apply')
      .description('put people, schedules and levels of a file in use; shows first what changes')
      .requiredOption('-f, --file <file>', 'the team (YAML): docs/on-call.md')
      .option('--dry-run', 'show what would change, and change nothing')
      .option('--yes', 'do not ask'),
  ).action(async (options: ApplyOptions) => {
    const file = readTeamFile(options.file);
    const client = connect(options);
    const diff = await withPlaces(file, () => client.diffTeam(file.team));
    if (options.json !== true) console.log(printTeamDiff(diff));
    const version = await applyUnlessNot(client, file, { diff, options });
    if (options.json === true) console.log(JSON.stringify({ ...diff, applied: version }));
    else if (version !== null) console.log(`version ${version} is in use`);
  });
}

/** Answers the new version; null when nothing was applied. */
async function applyUnlessNot(
  client: Client,
  file: TeamFile,
  { diff, options }: { readonly diff: TeamDiff; readonly options: ApplyOptions },
): Promise<number | null> {
  if (diff.changes.length === 0 || options.dryRun === true) return null;
  if (options.yes !== true && !(await asked(options))) return null;
  // The version that was compared with: what somebody else applied meanwhile is not overwritten.
  return (await withPlaces(file, () => client.applyTeam(file.team, diff.version))).version;
}

async function asked(options: ApplyOptions): Promise<boolean> {
  if (options.json === true || !process.stdin.isTTY || !process.stdout.isTTY)
    throw new Error('nothing was applied: nobody can be asked here; expected --yes, or --dry-run');
  return (await confirm({ message: 'Put this in use?', initialValue: false })) === true;
}

/** A refusal names places of the request; here they are those of the file. */
async function withPlaces<T>(file: TeamFile, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const issues = error instanceof ProblemError ? (error.problem.issues ?? []) : [];
    if (issues.length === 0) throw error;
    const lines = issues.map(({ place, value, expected }) => {
      const path = place.split('.').slice(1);
      return `${file.placeOf(path)}: ${path.join('.')}: ${value}; ${expected}`;
    });
    throw new Error(lines.join('\n'), { cause: error });
  }
}
