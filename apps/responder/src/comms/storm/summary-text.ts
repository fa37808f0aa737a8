/** One page in a summary. */
export interface SummaryLine {
  /** Of its message. */
  readonly id: string;
  readonly incidentId: string;
  readonly number: number;
  readonly subject: string;
  readonly body: string;
  readonly acknowledged: boolean;
}

/** How many pages a summary names; of all others it says how many there are. */
export const listed = 20;

/** The pages that a summary is about: those that still wait. */
export function shownOf(lines: readonly SummaryLine[]): readonly SummaryLine[] {
  return lines.filter((one) => !one.acknowledged);
}

/** What a summary of many pages says; the numbers first, for a short message may hold no more. */
export function summaryText(
  shown: readonly SummaryLine[],
  consoleUrl: string | null,
): { readonly subject: string; readonly body: string } {
  const numbers = [...new Set(shown.map((one) => `#${one.number}`))];
  const few = numbers.slice(0, 5).join(', ');
  const rest = shown.length > listed ? [`and ${shown.length - listed} more`] : [];
  return {
    subject: `${shown.length} pages at once: ${few}${numbers.length > 5 ? ` and ${numbers.length - 5} more incidents` : ''}`,
    body: [
      ...shown.slice(0, listed).map((one) => one.subject),
      ...rest,
      '',
      `Acknowledge each: tocsin incident ack NUMBER${consoleUrl === null ? '' : `, or ${consoleUrl}`}`,
    ].join('\n'),
  };
}
