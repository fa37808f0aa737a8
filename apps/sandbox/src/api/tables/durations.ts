/** `2 units 3 smaller ones`, the second left out at zero, as kubectl's tables write ages. */
function pair(value: number, big: string, rest: number, small: string): string {
  return rest === 0 ? `${value}${big}` : `${value}${big}${rest}${small}`;
}

/** A duration (milliseconds) as Kubernetes writes ages: `45s`, `4m59s`, `13m`, `3h5m`, `30h`, `5d`, `2y30d`. */
export function humanDuration(ms: number): string {
  const seconds = Math.trunc(ms / 1000);
  if (seconds < -1) return '<invalid>';
  if (seconds < 120) return `${Math.max(0, seconds)}s`;
  const minutes = Math.trunc(seconds / 60);
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  return humanHours(Math.trunc(minutes / 60), minutes);
}

function humanHours(hours: number, minutes: number): string {
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (days < 8) return pair(days, 'd', hours % 24, 'h');
  if (days < 365 * 2) return `${days}d`;
  return days < 365 * 8 ? pair(Math.trunc(days / 365), 'y', days % 365, 'd') : `${Math.trunc(days / 365)}y`;
}

/** The time since an instant of an object, or `<unknown>`. */
export function since(at: string | null | undefined, nowMs: number): string {
  return at ? humanDuration(nowMs - Date.parse(at)) : '<unknown>';
}
