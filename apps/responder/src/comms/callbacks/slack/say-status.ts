import { type HandsOff, type Incident, newestAnswer, waitsForAnswer } from '#incidents';

const listed = 10;

/** What goes on, the newest first, in lines. */
export function sayStatus(incidents: readonly Incident[], handsOff: HandsOff | null): string {
  const open = incidents.filter((one) => one.status !== 'resolved');
  const off = handsOff === null ? [] : [`Hands off everywhere: ${handsOff.reason}`];
  if (open.length === 0) return ['No incident is open.', ...off].join('\n');
  const more = open.length > listed ? [`and ${open.length - listed} more`] : [];
  return [...off, ...open.slice(0, listed).map(lineOf), ...more].join('\n');
}

function lineOf(incident: Incident): string {
  const { number, severity, title, status, detectedAt, drill } = incident;
  const mark = drill === null ? '' : 'DRILL ';
  const since = `${new Date(detectedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `${mark}#${number} [${severity}] ${title}: ${status} since ${since}, ${sayTaken(incident)}`;
}

function sayTaken(incident: Incident): string {
  const answer = newestAnswer(incident);
  if (answer === null) return 'nobody has taken it';
  return waitsForAnswer(incident)
    ? `taken by ${answer.by}, called again and not answered yet`
    : `taken by ${answer.by}`;
}
