import { Link } from '@tanstack/react-router';
import type { InboxItem } from '@tocsin/contract';
import { AcknowledgeButton } from '../incident/acknowledge-button.tsx';
import { formatAgo, formatTimeOfDay } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** One page: what it says, whether it still rings, and the button to take it. */
export function InboxEntry({ item }: { readonly item: InboxItem }) {
  const now = useNow();
  const { incidentId } = item;
  if (incidentId === null) return <NoticeEntry item={item} />;
  const rings = item.acknowledgedAt === null && item.incidentStatus !== 'resolved';
  return (
    <article className="panel inbox-entry" data-rings={rings}>
      <div className="panel-head">
        <h2>
          <Link to="/incidents/$id" params={{ id: incidentId }}>
            {item.subject}
          </Link>
        </h2>
        <span className="panel-aside">{formatAgo(item.at, now)}</span>
      </div>
      <p className="pre-line">{item.body}</p>
      {rings ? (
        <AcknowledgeButton incidentId={incidentId} />
      ) : (
        <p className="quiet">
          {item.acknowledgedAt === null
            ? 'Closed'
            : `Acknowledged at ${formatTimeOfDay(item.acknowledgedAt)} by ${item.acknowledgedBy ?? 'somebody'}`}
        </p>
      )}
    </article>
  );
}

/** Something to know that is about no incident: nothing rings. */
function NoticeEntry({ item }: { readonly item: InboxItem }) {
  const now = useNow();
  return (
    <article className="panel inbox-entry" data-rings={false}>
      <div className="panel-head">
        <h2>{item.subject}</h2>
        <span className="panel-aside">{formatAgo(item.at, now)}</span>
      </div>
      <p className="pre-line">{item.body}</p>
    </article>
  );
}
