import Negotiator from 'negotiator';
import { type Encoding, encodings } from './answers.ts';

const mostKnown = 500;

/** Chooses by an Accept header; the same header is read once. */
function chooser<T extends string>(
  header: string,
  choose: (reader: Negotiator) => string | undefined,
  usual: T,
) {
  const known = new Map<string, T>();
  return (value: string | undefined): T => {
    const given = value ?? '';
    const seen = known.get(given);
    if (seen !== undefined) return seen;
    const chosen = (choose(new Negotiator({ headers: { [header]: given } })) ?? usual) as T;
    if (known.size >= mostKnown) known.clear();
    known.set(given, chosen);
    return chosen;
  };
}

/** Brotli wherever it is accepted at all: a request then costs the fewest bytes. */
export function encodingChooser(): (accept: string | undefined) => Encoding {
  return chooser(
    'accept-encoding',
    (reader) => encodings.find((one) => reader.encodings([one]).includes(one)),
    'identity',
  );
}

/** The first of the languages where a visitor asks for none of them. */
export function languageChooser<T extends string>(languages: readonly [T, ...T[]]) {
  return chooser<T>('accept-language', (reader) => reader.language([...languages]), languages[0]);
}
