import { useQuery } from '@tanstack/react-query';
import { Failure } from '../layout/failure.tsx';
import { queries } from '../queries.ts';
import { ContactsPanel } from './contacts-panel.tsx';
import { InboxEntry } from './inbox-entry.tsx';

/** Pages to the person who is signed in, newest first. */
export function InboxPage() {
  const { data, error } = useQuery(queries.inbox);
  return (
    <div className="page">
      <h1>Pages to you</h1>
      <Failure error={error} />
      {data?.length === 0 && <p className="quiet">Nobody has paged you.</p>}
      {data?.map((item) => (
        <InboxEntry key={item.id} item={item} />
      ))}
      <ContactsPanel />
    </div>
  );
}
