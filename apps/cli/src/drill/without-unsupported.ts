import type { DrillsGoing } from './drill-flags.ts';
import type { DrillSpec } from './drill-spec.ts';
import { createSandboxClient, readSandbox } from './sandbox-client.ts';

/** What this machine cannot have is said and passed over. */
export async function withoutUnsupported(
  chosen: readonly DrillSpec[],
  { run, say }: Pick<DrillsGoing, 'run' | 'say'>,
): Promise<readonly DrillSpec[]> {
  const { sandboxFile } = run();
  if (sandboxFile === null) return chosen;
  const kinds = await createSandboxClient(readSandbox(sandboxFile)).kinds();
  const why = new Map(kinds.map(({ kind, unsupported }) => [kind, unsupported]));
  return chosen.filter(({ name, fault }) => {
    const unsupported = why.get(fault);
    if (unsupported !== undefined) say(`${name}: passed over: ${unsupported}`);
    return unsupported === undefined;
  });
}
