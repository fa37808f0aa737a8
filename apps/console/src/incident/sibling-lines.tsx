import { Link } from '@tanstack/react-router';
import type { IncidentView } from '@tocsin/contract';

type Ref = IncidentView['merged'][number];

/** Which other incidents this one came from, went into, or took over. */
export function SiblingLines({ incident }: { readonly incident: IncidentView }) {
  const { splitFrom, mergedInto, merged, detached } = incident;
  return (
    <>
      {splitFrom !== null && (
        <p>
          Split off from <To other={splitFrom} />.
          {detached && ' People lead it: what is measured is followed there.'}
        </p>
      )}
      {mergedInto !== null && (
        <p>
          One outage with <To other={mergedInto} />, which goes on for both.
        </p>
      )}
      {merged.length > 0 && (
        <p>
          Merged into this:{' '}
          {merged.map((other, n) => (
            <span key={other.id}>
              {n > 0 && ', '}
              <To other={other} />
            </span>
          ))}
          .
        </p>
      )}
    </>
  );
}

function To({ other }: { readonly other: Ref }) {
  return (
    <Link to="/incidents/$id" params={{ id: other.id }}>
      #{other.number}
    </Link>
  );
}
