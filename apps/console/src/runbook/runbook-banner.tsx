import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { queries } from '../queries.ts';

/** Says on every other page that an edited runbook waits, was refused, or has just come into use. */
export function RunbookBanner() {
  const { data } = useQuery(queries.status);
  const { pathname } = useLocation();
  const notice = data?.runbookNotice ?? null;
  if (notice === null || pathname === '/runbook') return null;
  return (
    <output className="runbook-banner" data-kind={notice.kind}>
      <span>{notice.text}</span>
      <Link to="/runbook">{notice.kind === 'offered' ? 'See what it changes' : 'See the runbook'}</Link>
    </output>
  );
}
