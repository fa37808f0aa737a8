import { useEffect, useState } from 'react';
import { serverNow } from './server-clock.ts';

/** The responder's time, renewed every `everyMs` milliseconds. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
