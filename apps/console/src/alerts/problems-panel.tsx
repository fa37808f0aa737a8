import type { IntakeProblem } from '@tocsin/contract';
import { Panel } from '../layout/panel.tsx';
import { formatAgo } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** What senders sent and nobody could understand; nothing where all was good. */
export function ProblemsPanel({ problems }: { readonly problems: readonly IntakeProblem[] }) {
  const now = useNow();
  if (problems.length === 0) return null;
  return (
    <Panel title="Malformed items" aside="kept as they came">
      <ul className="plain-list">
        {problems.map((one) => (
          <li key={one.id} className="break">
            <strong>{one.source}</strong>: <code>{one.place}</code> is <code>{one.value}</code>; expected{' '}
            {one.expected}
            <span className="quiet small block">{formatAgo(one.at, now)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
