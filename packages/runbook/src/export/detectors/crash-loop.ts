import { selectorOf, type DetectorRules } from '../rule.ts';

const MOST_RESTARTS = 3;

/** A container that waits to be started again, or was started more than three times in ten minutes. */
export const crashLoopRules: DetectorRules = (_, names) => {
  const by = 'by (namespace, pod, container)';
  const waiting = `${names.waiting}${selectorOf('reason="CrashLoopBackOff"', names['pod-selector'])}`;
  const restarts = `${names.restarts}${selectorOf(names['pod-selector'])}`;
  return [
    {
      alert: 'CrashLoop',
      expr: `max ${by} (max_over_time(${waiting}[${names.window}])) >= 1 or sum ${by} (increase(${restarts}[10m])) > ${MOST_RESTARTS}`,
      rank: 'minor',
      summary: 'container {{ $labels.container }} of pod {{ $labels.pod }} starts again and again',
    },
  ];
};
