import type { SourceClass } from '../assessment.ts';
import { heldMs, type Evidence } from './evidence.ts';
import { limits } from './limits.ts';
import { rankHarm } from './rank-harm.ts';
import type { Ruling } from './ruling.ts';
import { alarm, restricted, told, toldSuspicion } from './told-rows.ts';
import { percentText, stageText } from './words.ts';

type Row = (evidence: Evidence) => Ruling | null;

/** A and its control target both fail: we may be the ones who are cut off. */
const blind: Row = (evidence) => {
  if (heldMs(evidence, 'blind') < 0) return null;
  const late = heldMs(evidence, 'blind') >= limits.blindAfterMs;
  const why =
    'blind: the service and the control target on another path both fail, so this may be our own connection';
  return { verdict: late ? 'confirmed' : 'suspected', rank: null, by: late ? ['A'] : [], why, blind: true };
};

function downWhy({ clients }: Evidence): string {
  return `nobody is served: no request from outside succeeded for 5 s, ${clients.total.failed} failed (${stageText(clients.stage)})`;
}

/** A fails for all, and B, C or D agrees: P0 now. */
const down: Row = (evidence) => {
  if (!evidence.clients.allFail || evidence.others.length === 0) return null;
  return { verdict: 'confirmed', rank: 'critical', by: ['A', ...evidence.others], why: downWhy(evidence) };
};

/** A fails for all, the rest is green or silent: P0 after 15 s. */
const downFromOutside: Row = (evidence) => {
  if (!evidence.clients.allFail) return null;
  const late = heldMs(evidence, 'A:down') >= limits.outsidePersistMs || evidence.latched !== null;
  const why = `${downWhy(evidence)}; outside only: nothing else shows a fault`;
  return late
    ? { verdict: 'confirmed', rank: 'critical', by: ['A'], why }
    : { verdict: 'suspected', rank: null, by: [], why: `${why} yet` };
};

/** Which classes confirm the measured harm; null while none does. */
function confirmation(evidence: Evidence): readonly SourceClass[] | null {
  const { clients, metrics, others } = evidence;
  const byClients = clients.errors || clients.slow;
  const agreeing: readonly SourceClass[] = byClients ? ['A', ...others] : others;
  const fromMetrics = metrics.errors || metrics.slow;
  if (agreeing.length >= 2 && (byClients || fromMetrics)) return agreeing;
  if (evidence.latched !== null) return evidence.latched;
  const outside = Math.max(heldMs(evidence, 'A:errors'), heldMs(evidence, 'A:slow'));
  if (outside >= limits.outsidePersistMs) return ['A'];
  const inside = Math.max(heldMs(evidence, 'B:errors'), heldMs(evidence, 'B:slow'));
  return inside >= limits.otherPersistMs ? ['B'] : null;
}

/** Harm above the document's limits: who is hit decides how bad it is. */
const harm: Row = (evidence) => {
  if (!evidence.harm) return null;
  const { rank, why } = rankHarm(evidence);
  const by = confirmation(evidence);
  if (by === null)
    return { verdict: 'suspected', rank: null, by: [], why: `${why}; one class of source only` };
  return { verdict: 'confirmed', rank, by, why };
};

/** Clients that always come have stopped coming, and the probes are served: something before us keeps them away. */
const trafficVanished: Row = (evidence) => {
  if (heldMs(evidence, 'B:vanished') < limits.vanishedAfterMs) return null;
  const { total, hint } = evidence.clients;
  if (hint || total.failed > 0 || total.requests < limits.minRequests) return null;
  const usual = Math.round(evidence.traffic?.perSecond ?? 0);
  const why = `traffic vanished: about ${usual} requests a second are usual, none has come for more than 60 s; the probes are green`;
  return { verdict: 'confirmed', rank: 'major', by: ['B'], why };
};

/** Nothing is lost yet, but it is going to be within 15 minutes. */
const certainLoss: Row = (evidence) => {
  if (heldMs(evidence, 'D:loss') < limits.outsidePersistMs) return null;
  const why = `loss is certain: ${evidence.checks.losses.slice(0, 3).join('; ')}; no request fails yet`;
  return { verdict: 'confirmed', rank: 'minor', by: ['D'], why };
};

/** Redundancy is gone: one more failure is an outage. */
const lastEndpoint: Row = (evidence) => {
  const held = heldMs(evidence, 'one-endpoint');
  const { kinds } = evidence.thresholds;
  if (held < 0 || !(kinds.has('health-check') || kinds.has('node-failure'))) return null;
  const agreed = evidence.direct.failing.length > 0 && held >= limits.outsidePersistMs;
  if (!agreed && held < limits.otherPersistMs) return null;
  const by: readonly SourceClass[] = agreed ? ['C', 'D'] : ['C'];
  const why = `one ready endpoint is left of ${evidence.cluster.wantedReplicas} wanted; no request fails yet`;
  return { verdict: 'confirmed', rank: 'minor', by, why };
};

/** A suspicion never just expires. */
const unconfirmed: Row = (evidence) => {
  if (heldMs(evidence, 'A:hint') < limits.unconfirmedAfterMs) return null;
  const { total } = evidence.clients;
  const why = `unconfirmed: ${total.failed} of ${total.requests} requests fail (${percentText(total.ratio)}) for more than 60 s, too few to say more`;
  return { verdict: 'confirmed', rank: 'minor', by: ['A'], why };
};

const suspicion: Row = (evidence) => {
  if (heldMs(evidence, 'A:hint') < 0) return null;
  const { total } = evidence.clients;
  const why = `${total.failed} of ${total.requests} requests from outside failed, others are overdue: not enough to judge yet`;
  return { verdict: 'suspected', rank: null, by: [], why };
};

/** C or D bad, A and B green: an ugly object, nobody is paged. */
const notice: Row = (evidence) => {
  const bad = [...evidence.cluster.troubles, ...evidence.checks.troubles].filter(
    (one) => heldMs(evidence, one.key) >= one.holdMs,
  );
  const silent = evidence.direct.failingTwice.map((pod) => `${pod.name} does not answer directly`);
  const unreadable =
    heldMs(evidence, 'unreadable') >= limits.outsidePersistMs ? ['the Kubernetes API cannot be read'] : [];
  const words = [...unreadable, ...bad.map((one) => one.summary), ...silent, ...evidence.checks.losses];
  if (words.length === 0) return null;
  const why = `${words.slice(0, 3).join('; ')}${words.length > 3 ? ` and ${words.length - 3} more` : ''}; no request fails above a limit`;
  return { verdict: 'notice', rank: null, by: [], why };
};

/** The table of docs/architecture.md, "Confirm instead of waiting": first match wins. */
const rows: readonly Row[] = [
  restricted,
  alarm,
  blind,
  down,
  downFromOutside,
  harm,
  trafficVanished,
  certainLoss,
  lastEndpoint,
  unconfirmed,
  told,
  suspicion,
  toldSuspicion,
  notice,
];

/** What the table says; quiet when no row matches. */
export function decide(evidence: Evidence): Ruling {
  for (const row of rows) {
    const ruling = row(evidence);
    if (ruling !== null) return ruling;
  }
  const { total } = evidence.clients;
  const counted =
    total.requests === 0
      ? 'no request from outside was seen'
      : `${total.requests} requests from outside in 10 s, ${total.failed} failed`;
  return { verdict: 'quiet', rank: null, by: [], why: `nothing wrong: ${counted}` };
}
