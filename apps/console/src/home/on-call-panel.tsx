import { useQuery } from '@tanstack/react-query';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';

/** Who would be woken now, level by level; an empty level says what happens then. */
export function OnCallPanel() {
  const { data, error } = useQuery(queries.onCall);
  return (
    <Panel title="On call now">
      <Failure error={error} />
      <ol className="plain-list">
        {data?.levels.map((level) => (
          <li key={level.level} className="source">
            <span className="level">L{level.level}</span>
            <span className="source-name">
              {level.persons.length === 0 ? (
                <span className="warn-text">nobody</span>
              ) : (
                level.persons.map((person) => person.name).join(', ')
              )}
              <span className="quiet small block">{level.target}</span>
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
