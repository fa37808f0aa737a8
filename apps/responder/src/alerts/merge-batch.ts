import type { Malformed } from './incoming.ts';
import type { AlertWrite, BatchWrite } from './store/write-batch.ts';

/** What one delivery has to store. */
export interface Gathered {
  readonly alerts: readonly AlertWrite[];
  readonly words: BatchWrite['words'];
  readonly malformed: readonly (Malformed & { readonly source: string })[];
}

/** Puts deliveries together, in order: one statement can say one thing about one alert, and the last word counts. */
export function mergeBatch(
  items: readonly Gathered[],
): Pick<BatchWrite, 'alerts' | 'words' | 'malformed' | 'beats'> {
  const alerts = new Map<string, AlertWrite>();
  const words = new Map<string, BatchWrite['words'][number]>();
  for (const item of items) {
    for (const alert of item.alerts) {
      alerts.set(alert.fingerprint, alert);
      words.delete(alert.fingerprint);
    }
    for (const word of item.words) speak(alerts, words, word);
  }
  return {
    alerts: [...alerts.values()],
    words: [...words.values()],
    malformed: items.flatMap((item) => item.malformed),
    beats: [...new Set([...alerts.values()].flatMap((one) => one.class.beats))],
  };
}

function speak(
  alerts: Map<string, AlertWrite>,
  words: Map<string, BatchWrite['words'][number]>,
  word: BatchWrite['words'][number],
): void {
  const unstored = alerts.get(word.fingerprint);
  if (unstored === undefined) {
    if (words.get(word.fingerprint)?.word !== 'ended') words.set(word.fingerprint, word);
    return;
  }
  if (word.word === 'ended') {
    const { startsAt } = unstored.alert;
    const endsAt = Math.max(unstored.receivedAt, startsAt);
    alerts.set(word.fingerprint, { ...unstored, alert: { ...unstored.alert, endsAt } });
  }
}
