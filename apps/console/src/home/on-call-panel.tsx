import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatDate } from '../time/format-time.ts';

/** Who would be woken now, level by level; an empty level says what happens then. */
export function OnCallPanel() {
  const { data, error } = useQuery(queries.onCall);
  const { pathname } = useLocation();
  const aside = pathname === '/oncall' ? undefined : <Link to="/oncall">The next 14 days</Link>;
  return (
    <Panel title="On call now" aside={aside}>
      <Failure error={error} />
      <ol className="plain-list">
        {data?.levels.map((level) => (
          <li key={level.level} className="source">
            <span className="level">L{level.level}</span>
            <span className="source-name">
              {level.persons.length === 0 ? (
                <span className="warn-text">nobody{level.gap !== null && `: ${level.gap}`}</span>
              ) : (
                level.persons.map((person) => person.name).join(', ')
              )}
              <span className="quiet small block">{level.target}</span>
              {level.until !== null && (
                <span className="quiet small block">
                  from <span className="numbers">{formatDate(level.until)}</span>:{' '}
                  {level.next.map((person) => person.name).join(', ') || 'nobody'}
                </span>
              )}
            </span>
            <span className="quiet small">
              {[...new Set(level.persons.flatMap((person) => person.channels))].join(', ')}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
