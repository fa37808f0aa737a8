import type { Client, IncidentView } from '@tocsin/contract';
import { clientOf } from '../connect.ts';
import type { RunFile } from '../up/state.ts';
import type { NamedCause } from './judge-causes.ts';
import { countMail } from './mail-ledger.ts';
import { observe } from './observe.ts';
import type { InjectedFault, SandboxClient } from './sandbox-client.ts';
import type { DrillObservation } from './score.ts';

export interface Accounting {
  readonly incident: IncidentView | null;
  readonly fault: InjectedFault;
  readonly sandbox: SandboxClient;
  readonly startedAtMs: number;
  readonly liftedAtLimit: boolean;
  readonly noStep: string | null;
  readonly clientErrorRatioAfter: number | null;
  readonly approved: boolean;
  readonly harmed: readonly string[];
  readonly named: readonly NamedCause[];
}

/** Counts incidents and pages on both sides, closes the drill's incidents, and gathers the observation. */
export async function account(run: RunFile, input: Accounting): Promise<DrillObservation> {
  const admin = clientOf(run, 'drill');
  const items = (await admin.listIncidents()).filter(
    (item) => Date.parse(item.detectedAt) >= input.startedAtMs,
  );
  const views = await Promise.all(items.map((item) => admin.getIncident(item.id)));
  const pages = views.flatMap((view) => view.pages);
  const received = await input.sandbox.mailSince(input.startedAtMs);
  const expected = pages.map((page) => ({ messageId: mailIdOf(received, page.id) }));
  for (const view of views) await closeIncident(admin, view);
  return observe({
    incident: input.incident,
    incidents: views.length,
    injectedAtMs: Date.parse(input.fault.injectedAt),
    injectedSubject: input.fault.subject,
    approved: input.approved,
    harmed: input.harmed,
    named: input.named,
    liftedAtLimit: input.liftedAtLimit,
    noStep: input.noStep,
    mail: countMail({ expected, received }),
    clientErrorRatioAfter: input.clientErrorRatioAfter,
  });
}

/** The Message-ID under which a page arrived, or one that no mail has. */
function mailIdOf(received: readonly { messageId: string }[], pageId: string): string {
  return received.find((one) => one.messageId.includes(pageId))?.messageId ?? `<missing-${pageId}>`;
}

/** Closes it, with every line of its checklist waived. */
export async function closeIncident(admin: Client, view: IncidentView): Promise<void> {
  if (view.status === 'resolved') return;
  const open = view.checklist.filter((line) => line.tickedAt === null);
  const waivers = Object.fromEntries(open.map((line) => [line.text, 'drill ended']));
  await admin.resolve(view.id, { note: 'closed by the drill', waivers });
}
