/** What a status of Twilio's means for a page. `over`: it will not arrive; `unanswered`: it rang in vain. */
export interface Status {
  readonly text: string;
  readonly over: boolean;
  readonly unanswered: boolean;
}

const words: Readonly<Record<string, string>> = {
  ringing: 'rang',
  'in-progress': 'answered',
  answered: 'answered',
  delivered: 'arrived',
  busy: 'was busy',
  'no-answer': 'not answered',
  undelivered: 'did not arrive',
  failed: 'failed',
  canceled: 'was cancelled',
};
const over: ReadonlySet<string> = new Set(['undelivered', 'failed', 'canceled']);
const unanswered: ReadonlySet<string> = new Set(['busy', 'no-answer']);

/** Reads a status callback at an instant; null for one that says nothing new (queued, sent, initiated, completed). */
export function readStatus(form: ReadonlyMap<string, string>, at: number): Status | null {
  const status = form.get('CallStatus') ?? form.get('MessageStatus') ?? '';
  const word = Object.hasOwn(words, status) ? words[status] : undefined;
  if (word === undefined) return null;
  const code = form.get('ErrorCode');
  const why = code === undefined || code === '' ? '' : ` (Twilio ${code})`;
  return {
    text: `${word} ${new Date(at).toISOString().slice(11, 19)}${why}`,
    over: over.has(status),
    unanswered: unanswered.has(status),
  };
}

/** Receipts in the order they came, each once: `rang 03:02:11, answered 03:02:19`. */
export function addReceipt(before: string | null, text: string): string {
  const said = before === null || before === '' ? [] : before.split(', ');
  const [word] = text.split(' ');
  return said.some((one) => one.startsWith(`${word} `)) ? said.join(', ') : [...said, text].join(', ');
}
