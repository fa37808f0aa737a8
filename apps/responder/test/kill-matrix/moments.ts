import type { KillPoint } from './killable-database.ts';
import type { Ground, Moment } from './life-process.ts';

/** Where the mail server kills its client: before it answers the address, and once it has the text but has not said so. */
const mailPoint = /^mail (addressed|taken)#(\d+)$/;
export const anyMoment: KillPoint = 'at any moment';
/** Mails of a whole life: six pages and a summary. */
const mails = 7;
/** Longer than most writes take. */
const withinMs = 5;

export const mailPoints: readonly KillPoint[] = Array.from({ length: mails }, (_, n) => n + 1).flatMap(
  (nth) => [`mail addressed#${nth}`, `mail taken#${nth}`],
);

/** The moment of a point that only another process sees; null for any other point. `count`: kill points of a whole life. */
export function momentOn(ground: Ground, point: KillPoint, count: number): Moment | null {
  if (point === anyMoment) return atAnyMoment(count);
  const [, what, nth] = mailPoint.exec(point) ?? [];
  if (what === undefined) return null;
  return atMail(ground, what === 'taken' ? 'onTaken' : 'onAddressed', Number(nth));
}

/** Somewhere behind one of the kill points, drawn by lot. */
function atAnyMoment(count: number): Moment {
  const behind = 1 + Math.floor(Math.random() * count);
  let strike: (() => void) | null = null;
  return {
    await: (kill) => (strike = kill),
    hear: (points) => {
      if (points === behind && strike !== null) setTimeout(strike, Math.random() * withinMs);
    },
    forget: () => undefined,
  };
}

function atMail({ mail }: Ground, hook: 'onTaken' | 'onAddressed', nth: number): Moment {
  let met = 0;
  return {
    await: (kill) => {
      mail.behaviour[hook] = () => {
        met += 1;
        if (met === nth) kill();
      };
    },
    hear: () => undefined,
    forget: () => delete mail.behaviour[hook],
  };
}
