import { formatTimeOfDay } from '../time/format-time.ts';
import { useLive } from './live-context.ts';

/** Says in words and shape whether the page is fresh. */
export function LiveState() {
  const live = useLive();
  if (live.state === 'live')
    return (
      <span className="live" data-state="live">
        <span className="live-dot" aria-hidden="true" />
        live
      </span>
    );
  return (
    <span className="live" data-state={live.state}>
      <span className="live-dot" aria-hidden="true" />
      {live.state === 'connecting' ? 'connecting…' : `since ${formatTimeOfDay(live.since)}`}
    </span>
  );
}

/** A bar over the page while it is not fresh: stale numbers must never look like news. */
export function StaleBar() {
  const live = useLive();
  if (live.state !== 'reconnecting') return null;
  return (
    <div className="stale-bar" role="alert">
      <strong>Not live.</strong> Reconnecting since {formatTimeOfDay(live.since)}; what you see is as old as
      that.
    </div>
  );
}
