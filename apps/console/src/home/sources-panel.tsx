import type { StatusView } from '@tocsin/contract';
import { Mark } from '../layout/mark.tsx';
import { Panel } from '../layout/panel.tsx';
import { formatAgo } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** Every class of sources: readable or not, and how old its newest answer is. */
export function SourcesPanel({ status }: { readonly status: StatusView }) {
  const now = useNow();
  return (
    <Panel title="What is watched" aside={`${status.probes.length} probes`}>
      {status.sources.length === 0 && <p className="quiet">No source has answered yet.</p>}
      <ul className="plain-list">
        {status.sources.map((source) => (
          <li key={source.sourceClass} className="source">
            <Mark ok={source.readable} />
            <span className="source-name">
              {source.name}
              <span className="quiet small block">{source.detail}</span>
            </span>
            <span className="numbers quiet">
              {source.lastAt === null ? 'never' : formatAgo(source.lastAt, now)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
