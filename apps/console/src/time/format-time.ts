const two = (n: number): string => String(n).padStart(2, '0');

/** `0:09`, `12:30`, `1:02:05`: a running clock. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `9.4 s`, `3 min`, `2 h 5 min`: how long something took. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `3 s ago`; never negative. */
export function formatAgo(at: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  return seconds < 60 ? `${seconds} s ago` : `${formatDuration(seconds * 1000)} ago`;
}

/** `03:12:45` in the reader's own time zone. */
export function formatTimeOfDay(at: string | number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `2026-01-05 03:12`. */
export function formatDate(at: string): string {
  const date = new Date(at);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `2026-01-05 03:12:45` in the reader's own time zone. */
export function formatDateAndTime(at: string): string {
  return `${formatDate(at).slice(0, 10)} ${formatTimeOfDay(at)}`;
}

/** An instant as a `datetime-local` field holds it, by the reader's clocks. */
export function toLocalInput(at: string): string {
  return formatDateAndTime(at).replace(' ', 'T');
}

/** The instant that such a field says. Throws RangeError when it is none. */
export function fromLocalInput(text: string): string {
  return new Date(text).toISOString();
}

/** `0:09 after detection`, for a time line and for phases. */
export function formatOffset(at: string, from: string): string {
  const ms = Date.parse(at) - Date.parse(from);
  return ms < 0 ? `-${formatClock(-ms)}` : `+${formatClock(ms)}`;
}
