import { useQuery } from '@tanstack/react-query';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatDate } from '../time/format-time.ts';

/** People on call whom nothing could wake; gaps are shown beside. */
export function ReadinessPanel() {
  const { data, error } = useQuery(queries.readiness);
  const mute = data?.findings.filter((one) => one.kind === 'cannot-be-woken') ?? [];
  return (
    <Panel title="Can everybody be woken?" className={mute.length > 0 ? 'standing' : ''}>
      <Failure error={error} />
      {data !== undefined && mute.length === 0 && <p className="ok-text">Yes, everybody on call.</p>}
      <ul className="plain-list">
        {mute.map((one) => (
          <li key={one.text} className="warn-text">
            {one.text}
          </li>
        ))}
      </ul>
      {data !== undefined && (
        <p className="quiet small">
          Looked at every day; next on <span className="numbers">{formatDate(data.nextAt)}</span>.{' '}
          {data.owner === null ? 'There is nobody to tell.' : `${data.owner.name} is told what is missing.`}
        </p>
      )}
    </Panel>
  );
}
