import type { Step } from '../incident.ts';

/** What no word of a person replaces: without it, what would run is not what was seen, or two changes would meet. */
const firm: ReadonlySet<string> = new Set([
  'live-read-works',
  'approval-binds',
  'values-known',
  'no-other-change',
]);

/** The checks that said no, before the step or when its turn came. */
export function failedChecks({ checks, postChecks }: Step): readonly string[] {
  return [...new Set([...checks, ...postChecks].filter((one) => !one.ok).map((one) => one.name))];
}

/** Why no word of a person helps; null when it does. */
export function whyNotOverridden(step: Step): string | null {
  if (step.status !== 'blocked')
    return `step "${step.id}" is ${step.status}; only one that its checks keep back can be overridden`;
  if (step.dryRun?.ok === false)
    return `the server refuses step "${step.id}" in a dry run; no word of a person changes that`;
  const failed = failedChecks(step);
  if (failed.length === 0)
    return `no check keeps step "${step.id}" back: ${step.outcome ?? 'no reason is known'}`;
  const held = failed.filter((name) => firm.has(name));
  return held.length === 0 ? null : `${held.join(', ')}: cannot be overridden`;
}
