import { parseDurationMs } from '../duration.ts';
import type { DrillsGoing } from './drill-flags.ts';
import type { DrillSpec } from './drill-spec.ts';
import { printSeeing, printSeeingSummary, seeingHead } from './print-seeing.ts';
import { type DrillRecorder, recordDrills } from './record-drills.ts';
import type { SeeingCard } from './score-seeing.ts';
import { seeDrill } from './see-drill.ts';
import { withoutUnsupported } from './without-unsupported.ts';

const takesNode = new Set(['node-frozen', 'node-lost', 'kubelet-dead']);

/** The regression suite of seeing: each fault is injected, watched, lifted and judged, on one stack. */
export async function seeAll(chosen: readonly DrillSpec[], going: DrillsGoing): Promise<void> {
  const { flags, run, say } = going;
  const recorder = flags.record === undefined ? null : recordDrills(run(), flags.record, say);
  const possible = await withoutUnsupported(chosen, going);
  if (!flags.json) console.log(seeingHead);
  const cards: SeeingCard[] = [];
  try {
    for (const spec of possible) cards.push(await seeOne(spec, going, recorder));
  } finally {
    await recorder?.close();
  }
  if (!flags.json && cards.length > 1) console.log(printSeeingSummary(cards));
}

async function seeOne(
  spec: DrillSpec,
  { flags, run, stop, say }: DrillsGoing,
  recorder: DrillRecorder | null,
): Promise<SeeingCard> {
  const holdMs = flags.hold === undefined ? null : parseDurationMs('--hold', flags.hold);
  const around = recorder === null ? {} : { around: recorder };
  const card = await seeDrill({ spec: aimed(spec, flags.node), run, holdMs, stop, say, ...around });
  console.log(flags.json ? JSON.stringify(card) : printSeeing(card));
  if (!card.passed) process.exitCode = 1;
  return card;
}

/** The fault strikes the node that was asked for, where it takes one. */
function aimed(spec: DrillSpec, node: string | undefined): DrillSpec {
  return node === undefined || !takesNode.has(spec.fault) ? spec : { ...spec, target: { node } };
}
