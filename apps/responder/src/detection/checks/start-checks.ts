import type { DependencyCheck, EpochMs } from '#facts';
import type { Logger } from '#platform';
import { type CheckConfig, openCheck, type OpenCheck } from './open-check.ts';
import { runCheck } from './run-check.ts';

/** The responder's own checks of what the service depends on (class D). */
export interface Checks {
  /** Last 5 minutes, newest first. */
  checks(): readonly DependencyCheck[];
  /** Makes all of them now, each within its own limit, but for those that are under way or were made less than 1 s ago. */
  look(): Promise<void>;
  stop(): void;
}

export interface CheckOptions {
  readonly checks: readonly CheckConfig[];
  readonly log: Logger;
  readonly now: () => EpochMs;
}

const keepMs = 5 * 60_000;
const shortestGapMs = 1000;

interface Made {
  readonly stopping: AbortSignal;
  readonly onAnswer: (one: DependencyCheck) => void;
  readonly now: () => EpochMs;
}

/** A check that is never made twice at the same time. */
function repeatable(config: CheckConfig, open: OpenCheck, { stopping, onAnswer, now }: Made) {
  const { kind, subject, timeoutMs } = config;
  let running = false;
  let lastAt = -Infinity;
  return async (): Promise<void> => {
    const check = open.current();
    const at = now();
    if (check === null || running || at - lastAt < shortestGapMs) return;
    running = true;
    lastAt = at;
    const answer = await runCheck(check, { kind, subject, at, timeoutMs, stopping }).finally(() => {
      running = false;
    });
    if (answer !== null) onAnswer(answer);
  };
}

/** Makes every check at once and then each at its own interval. */
export async function startChecks(options: CheckOptions): Promise<Checks> {
  const { log, now } = options;
  const stopping = new AbortController();
  const opened = await Promise.all(options.checks.map((config) => openCheck(config, { log, now })));
  let answers: readonly DependencyCheck[] = [];
  const said = new Map<string, string>();
  const onAnswer = (one: DependencyCheck): void => {
    const { kind, subject, outcome, detail, values } = one;
    const key = `${kind} ${subject}`;
    if (said.get(key) !== outcome)
      log[outcome === 'ok' ? 'info' : 'warn'](
        { outcome, values },
        `${kind} check of ${subject}: ${detail || outcome}`,
      );
    said.set(key, outcome);
    answers = [one, ...answers.filter((old) => old.at > now() - keepMs)];
  };
  const made = { stopping: stopping.signal, onAnswer, now };
  const runs = opened.map((open, i) => repeatable(options.checks[i] as CheckConfig, open, made));
  const timers = runs.map((run, i) => setInterval(() => void run(), options.checks[i]?.intervalMs).unref());
  const look = async (): Promise<void> => {
    await Promise.all(runs.map((run) => run()));
  };
  void look();
  return {
    checks: () => answers,
    look,
    stop() {
      for (const timer of timers) clearInterval(timer);
      stopping.abort();
      for (const one of opened) one.stop();
    },
  };
}
