import { useQuery } from '@tanstack/react-query';
import { queries } from '../queries.ts';

/** What the reads and changes that run right now have written so far. */
export function RunningOutput({ incidentId }: { readonly incidentId: string }) {
  const { data = [] } = useQuery(queries.output(incidentId));
  if (data.length === 0) return null;
  return (
    <ul className="plain-list">
      {data.map((one) => (
        <li key={`${one.actionId} ${one.startedAt}`}>
          <code>{one.command}</code> <span className="quiet small">runs</span>
          {one.text !== '' && <pre className="output small">{one.text}</pre>}
        </li>
      ))}
    </ul>
  );
}
