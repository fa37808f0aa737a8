import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HandsOffEverywhere } from '../incident/hands-off-everywhere.tsx';
import { useMay } from '../incident/may-act.ts';
import { queries } from '../queries.ts';
import { formatTimeOfDay } from '../time/format-time.ts';

/** Says on every page that nothing is changed anywhere, since when, by whom and why. */
export function HandsOffBanner() {
  const { data } = useQuery(queries.status);
  const mayLift = useMay('approver');
  const [asking, setAsking] = useState(false);
  const set = data?.handsOff ?? null;
  if (set === null) return null;
  return (
    <div className="hands-off-banner" role="alert">
      <span>
        <strong>Hands off: every change is stopped</strong> since {formatTimeOfDay(set.since)} by{' '}
        {set.by.name}: {set.reason}
      </span>
      {mayLift && (
        <Button variant="default" size="sm" onClick={() => setAsking(true)}>
          Allow changes…
        </Button>
      )}
      {asking && <HandsOffEverywhere on={false} onClose={() => setAsking(false)} />}
    </div>
  );
}
