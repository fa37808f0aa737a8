/** A text that comes in pieces, line by line. */
export interface LineCutter {
  read(piece: string): void;
  /** The text is over: what stands behind its last line break is a line, too, unless it is empty. */
  end(): void;
}

/** Calls `onLine` with a text and where in it a line begins and ends, so that nothing is copied that need not be looked at. */
export function cutLines(onLine: (text: string, start: number, end: number) => void): LineCutter {
  let rest = '';

  function readLines(text: string, from: number): void {
    let start = from;
    for (let end = text.indexOf('\n', start); end >= 0; end = text.indexOf('\n', start)) {
      onLine(text, start, end);
      start = end + 1;
    }
    rest = text.slice(start);
  }

  return {
    read(piece) {
      // Only the line that was cut is put together: a copy of every piece would be most of the work.
      const cut = piece.indexOf('\n') + 1;
      if (cut === 0) {
        rest += piece;
        return;
      }
      readLines(rest + piece.slice(0, cut), 0);
      readLines(piece, cut);
    },
    end() {
      if (rest !== '') onLine(rest, 0, rest.length);
    },
  };
}
