import { parseDurationMs } from '../duration.ts';
import type { DrillsGoing } from './drill-flags.ts';
import type { DrillSpec } from './drill-spec.ts';
import { printScore } from './print-score.ts';
import { runDrill } from './run-drill.ts';
import { withoutUnsupported } from './without-unsupported.ts';

/** Whole responses, one after the other: each until the service is stable, or its limit. */
export async function playAll(chosen: readonly DrillSpec[], going: DrillsGoing): Promise<void> {
  const { flags, ...shared } = going;
  const times = {
    holdMs: flags.hold === undefined ? null : parseDurationMs('--hold', flags.hold),
    limitMs: parseDurationMs('--limit', flags.limit),
    killAfterPageMs:
      flags.killResponder === undefined ? null : parseDurationMs('--kill-responder', flags.killResponder),
  };
  for (const spec of await withoutUnsupported(chosen, going)) {
    const card = await runDrill({
      spec,
      approve: flags.approve ?? false,
      node: flags.node ?? null,
      ...shared,
      ...times,
    });
    console.log(flags.json ? JSON.stringify(card) : printScore(card));
    if (!card.passed) process.exitCode = 1;
  }
}
