import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../queries.ts';

/** Link to the inbox, with the number of pages that still ring. */
export function InboxLink() {
  const { data = [] } = useQuery(queries.inbox);
  const ringing = data.filter((item) => item.acknowledgedAt === null && item.incidentStatus !== 'resolved');
  return (
    <Link to="/inbox" className="nav-link">
      Inbox
      {ringing.length > 0 && (
        <span className="count">
          {ringing.length}
          <span className="visually-hidden"> not acknowledged</span>
        </span>
      )}
    </Link>
  );
}
