import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** About how long a file takes, in seconds, where that is long: what it starts is a cluster with its platform. */
const stages: Readonly<Record<string, number>> = {
  'test/main-job.e2e': 170,
  'apps/sandbox/src/faults.cluster': 230,
  'test/up.e2e': 165,
  'test/drill-all.e2e': 155,
  'apps/sandbox/src/sandbox.cluster': 75,
  'apps/sandbox/test/conformance/healthy.cluster': 70,
  'apps/sandbox/test/cluster/platform.cluster': 55,
  'apps/responder/src/detection/create-detection.cluster': 50,
  'apps/sandbox/test/conformance/outages.cluster': 45,
  'apps/responder/src/steps/steps.cluster': 35,
  'apps/sandbox/src/api/changing.cluster': 30,
  'apps/sandbox/src/api/kubectl-versions.cluster': 20,
  'apps/responder/src/cluster/cluster.cluster': 15,
  'apps/sandbox/src/api/reading.cluster': 12,
};

/** The same for files that start no cluster. */
const others: Readonly<Record<string, number>> = {
  'apps/console/test/console.browser': 140,
  'apps/responder/test/kill.db': 130,
  'apps/console/test/runbook.browser': 65,
  'apps/responder/src/detection/start-request-metrics': 60,
  'apps/responder/test/intake-kill.db': 55,
  'apps/responder/src/comms/storm/storm.db': 45,
  'apps/responder/src/steps/run/kill-during-step.db': 50,
  'apps/console/test/alerts.browser': 45,
  'apps/responder/src/runbook/kill-between.db': 30,
  'packages/runbook/test/any-input': 30,
  'apps/responder/src/api/create-api.db': 25,
};

const usualSeconds = 2;

/**
 * Two files run at once, and two clusters at once are too much for two cores: the files are put in such an order that one worker
 * goes through those with a cluster, the longest first, while the other goes through the rest.
 */
export default class OneStageAtATime extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = super.sort.bind(this);
    const sorted = await usual(files);
    const timed = sorted
      .map((file) => ({ file, ...timeOf(file) }))
      .toSorted((one, other) => other.seconds - one.seconds);
    return inTurn(
      timed.filter(isStage),
      timed.filter((one) => !isStage(one)),
    ).map(({ file }) => file);
  }
}

interface Timed {
  readonly file: TestSpecification;
  readonly stage: boolean;
  readonly seconds: number;
}

function isStage({ stage }: Timed): boolean {
  return stage;
}

function timeOf({ moduleId }: TestSpecification): Omit<Timed, 'file'> {
  const of = (table: Readonly<Record<string, number>>): number | undefined =>
    Object.entries(table).find(([name]) => moduleId.includes(`/${name}.test.`))?.[1];
  const seconds = of(stages);
  return seconds === undefined
    ? { stage: false, seconds: of(others) ?? usualSeconds }
    : { stage: true, seconds };
}

/** Merges two lines by when each of their files would start if each line had a worker of its own. */
function inTurn(one: readonly Timed[], other: readonly Timed[]): readonly Timed[] {
  return [...withStarts(one), ...withStarts(other)]
    .toSorted((a, b) => a.startsAt - b.startsAt)
    .map(({ timed }) => timed);
}

function withStarts(line: readonly Timed[]): readonly { timed: Timed; startsAt: number }[] {
  let startsAt = 0;
  return line.map((timed) => {
    const start = { timed, startsAt };
    startsAt += timed.seconds;
    return start;
  });
}
