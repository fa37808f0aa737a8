/** One page in a summary. */
export interface SummaryLine {
  readonly number: number;
  readonly subject: string;
  readonly acknowledged: boolean;
}

const listed = 20;

/** What a summary of many pages says; the numbers first, for a short message may hold no more. */
export function summaryText(
  lines: readonly SummaryLine[],
  consoleUrl: string | null,
): { readonly subject: string; readonly body: string } {
  const waiting = lines.filter((one) => !one.acknowledged);
  const shown = waiting.length > 0 ? waiting : lines;
  const numbers = [...new Set(shown.map((one) => `#${one.number}`))];
  const few = numbers.slice(0, 5).join(', ');
  const rest = shown.length > listed ? [`and ${shown.length - listed} more`] : [];
  const [only] = shown;
  return {
    subject:
      shown.length === 1 && only !== undefined
        ? only.subject
        : `${shown.length} pages at once: ${few}${numbers.length > 5 ? ` and ${numbers.length - 5} more incidents` : ''}`,
    body: [
      ...shown.slice(0, listed).map((one) => one.subject),
      ...rest,
      '',
      `Acknowledge each: tocsin incident ack NUMBER${consoleUrl === null ? '' : `, or ${consoleUrl}`}`,
    ].join('\n'),
  };
}
