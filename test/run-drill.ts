import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const tocsin = join(import.meta.dirname, '../apps/cli/bin/tocsin.js');

/** The score card of `tocsin drill --json`. */
export type Card = Readonly<Record<string, unknown>> & {
  readonly misses: readonly string[];
  readonly diagnoses: readonly unknown[];
};

/** Runs one drill as a user would, on a stack of its own unless a state folder is named. Rejects with what it said when it printed no score card. */
export async function runDrill(...flags: readonly string[]): Promise<{ card: Card; story: string }> {
  const child = spawn(
    process.execPath,
    [
      tocsin,
      'drill',
      'node-failure',
      '--json',
      ...(flags.includes('--state-dir') ? [] : ['--own']),
      ...flags,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [output, story] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (!output.startsWith('{')) throw new Error(`the drill printed no score card:\n${output}\n${story}`);
  return { card: JSON.parse(output) as Card, story };
}

/** Misses that do not depend on how fast this machine is (that is the benchmarks' business), followed by the story of the drill. */
export function missesButTime({ card, story }: { readonly card: Card; readonly story: string }): string[] {
  const misses = card.misses.filter((miss) => !miss.includes('the bar is'));
  return misses.length === 0 ? [] : [...misses, story];
}
