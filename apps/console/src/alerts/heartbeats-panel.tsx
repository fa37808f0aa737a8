import type { HeartbeatView } from '@tocsin/contract';
import { Mark } from '../layout/mark.tsx';
import { Panel } from '../layout/panel.tsx';
import { formatAgo } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** Signs of life that are expected; nothing where none is. */
export function HeartbeatsPanel({ heartbeats }: { readonly heartbeats: readonly HeartbeatView[] }) {
  const now = useNow();
  if (heartbeats.length === 0) return null;
  return (
    <Panel title="Heartbeats">
      <ul className="plain-list">
        {heartbeats.map(({ name, missing, lastAt }) => (
          <li key={name} className="source">
            <Mark ok={!missing} />
            <span className="source-name">{name}</span>
            <span className="numbers quiet">{lastAt === null ? 'never' : formatAgo(lastAt, now)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
