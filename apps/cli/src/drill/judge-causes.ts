import type { Expected, ExpectedCause } from './drill-spec.ts';

/** A cause that was named. */
export interface NamedCause {
  readonly id: string;
  readonly subject: string;
  readonly confidence: number;
}

function isExpected(cause: ExpectedCause, one: NamedCause, injectedSubject: string): boolean {
  return cause.id === one.id && (cause.subject ?? injectedSubject) === one.subject;
}

/** Whether a named cause is one of the expected, on the right subject. Pure. */
export function isRight(expected: Expected, one: NamedCause, injectedSubject: string): boolean {
  return (
    expected.causes.some((cause) => isExpected(cause, one, injectedSubject)) ||
    (expected.alsoNamed ?? []).includes(one.id)
  );
}

/** What is missing, and what is wrong, among the causes that are named; `unknown` names none. Pure. */
export function missesOfCauses(
  expected: Expected,
  named: readonly NamedCause[],
  injectedSubject: string,
): readonly string[] {
  const causes = named.filter((one) => one.id !== 'unknown');
  const missing = expected.causes.filter(
    (cause) => !causes.some((one) => isExpected(cause, one, injectedSubject)),
  );
  const wrong = causes.filter((one) => !isRight(expected, one, injectedSubject));
  return [
    ...missing.map((cause) => missingWords(cause, causes, cause.subject ?? injectedSubject)),
    ...wrong.map(
      (one) => `named ${one.id} of ${one.subject} (${one.confidence.toFixed(2)}), which is not the cause`,
    ),
  ];
}

function missingWords(cause: ExpectedCause, causes: readonly NamedCause[], subject: string): string {
  const said = causes.map((one) => `${one.id} ${one.subject}`).join(', ');
  return `diagnosis ${said || 'none'}, expected ${cause.id} of ${subject}`;
}

/** Ids for the score card; `unknown` where none has to be named. */
export function expectedIds({ causes }: Expected): readonly string[] {
  return causes.length === 0 ? ['unknown'] : causes.map(({ id }) => id);
}
