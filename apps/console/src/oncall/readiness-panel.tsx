import type { ReadinessView } from '@tocsin/contract';
import { useQuery } from '@tanstack/react-query';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatDate } from '../time/format-time.ts';

/** What keeps people on call from being woken, and channels that could not be asked; gaps are shown beside. */
export function ReadinessPanel() {
  const { data, error } = useQuery(queries.readiness);
  const found = data?.findings.filter((one) => one.kind !== 'gap') ?? [];
  return (
    <Panel title="Can everybody be woken?" className={found.length > 0 ? 'standing' : ''}>
      <Failure error={error} />
      {data !== undefined && found.length === 0 && (
        <p className="ok-text">Yes, everybody on call, by a way that they have verified.</p>
      )}
      <ul className="plain-list">
        {found.map((one) => (
          <li key={one.text} className="warn-text">
            {one.text}
          </li>
        ))}
      </ul>
      {data !== undefined && <Looks {...data} />}
    </Panel>
  );
}

function Looks({ channels, nextAt, owner }: ReadinessView) {
  const unasked = channels.filter((one) => one.state === 'not-checked');
  return (
    <>
      {unasked.length > 0 && (
        <p className="quiet small">
          Not checked: {unasked.map((one) => `${one.name} (${one.reason})`).join(', ')}.
        </p>
      )}
      <p className="quiet small">
        Looked at every day; next on <span className="numbers">{formatDate(nextAt)}</span>.{' '}
        {owner === null ? 'There is nobody to tell.' : `${owner.name} is told what is missing.`}
      </p>
    </>
  );
}
