import type { Plan } from '@tocsin/runbook';
import type { Cluster } from '#cluster';
import type { EpochMs, Facts } from '#facts';
import type { Logger } from '#platform';
import type { Config } from '../config.ts';
import type { Assessment } from './assessment.ts';
import { createJudge, type Judge } from './create-judge.ts';
import { createWatchers, type Told, type Watchers } from './create-watchers.ts';
import { lookReason } from './look-reason.ts';

export interface DetectionOptions {
  readonly config: Pick<Config, 'service'>;
  readonly plan: Plan;
  readonly cluster: Cluster;
  readonly told: Told;
  readonly log: Logger;
  readonly now?: () => EpochMs;
  /** Called when what the sources say has changed, and at least every 2 s while an incident is open. */
  readonly onAssessment: (assessment: Assessment, facts: Facts) => void;
}

/** Watches one service and says what it sees. */
export interface Detection extends Pick<Judge, 'current' | 'setIncidentOpen' | 'setPlan'> {
  /** Starts probes, scrapes and direct reads; the cluster's watches are the caller's to start. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Reads all classes now; resolves with what they say, null before `start`. */
  lookNow(): Promise<Assessment | null>;
}

const stepMs = 250;
const lookEveryMs = 1000;
const openLookMs = 3000;

/** Assesses four times a second, and at once when a suspicion's reads have come in. */
export function createDetection(options: DetectionOptions): Detection {
  const { log, now = Date.now } = options;
  const judge = createJudge(options);
  let { plan } = options;
  let watchers: Watchers | null = null;
  let timer: NodeJS.Timeout | null = null;
  let lookedAt = -Infinity;

  async function look(burst: boolean): Promise<Assessment | null> {
    lookedAt = now();
    await watchers?.look({ burst });
    return watchers === null ? null : judge.judge(watchers.facts());
  }

  function tick(): void {
    if (watchers === null) return;
    const facts = watchers.facts();
    judge.judge(facts);
    const reason = lookReason(facts);
    if (reason === null && !judge.isIncidentOpen()) return;
    if (facts.at - lookedAt < (reason === null ? openLookMs : lookEveryMs)) return;
    look(reason === 'clients').catch((error: unknown) =>
      log.error({ err: error }, 'a look at all sources failed'),
    );
  }

  return {
    async start() {
      watchers = await createWatchers({ ...options, plan: () => plan, now });
      timer = setInterval(tick, stepMs);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      const stopping = watchers;
      watchers = null;
      await stopping?.stop();
    },
    current: judge.current,
    setIncidentOpen: judge.setIncidentOpen,
    setPlan(next) {
      plan = next;
      judge.setPlan(next);
    },
    lookNow: () => look(false),
  };
}
