import type { AlertView } from '@tocsin/contract';
import { SeverityBadge } from '../incident/severity-badge.tsx';
import { formatAgo } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { SilenceButton } from './silence-button.tsx';
import { suppressionWords } from './suppression-words.ts';

/** One alert: what it says, since when, and why it starts nothing if it does not. */
export function AlertEntry({ alert }: { readonly alert: AlertView }) {
  const now = useNow();
  const keptBack = alert.suppressedBy.length > 0;
  return (
    <li className="alert-entry" data-kept-back={keptBack}>
      <div className="alert-head">
        {alert.severity === null ? (
          <span className="quiet">no severity</span>
        ) : (
          <SeverityBadge severity={alert.severity} />
        )}
        <strong className="alert-name">{alert.name}</strong>
        {alert.flag !== null && (
          <span className="chip" data-kind="bad">
            {alert.flag}
          </span>
        )}
        {alert.flapping && (
          <span className="chip" data-kind="warn">
            flapping
          </span>
        )}
        {keptBack && <span className="chip">kept back</span>}
      </div>
      {alert.summary !== '' && <p className="pre-line">{alert.summary}</p>}
      <p className="quiet small">
        {alert.source}, since {formatAgo(alert.startsAt, now)}
        {alert.acknowledgedAt !== null && `, acknowledged ${formatAgo(alert.acknowledgedAt, now)}`}
      </p>
      {alert.suppressedBy.map(({ kind, by }) => (
        <p key={`${kind} ${by}`} className="quiet small">
          {suppressionWords(kind)} <code>{by}</code>
        </p>
      ))}
      <p className="labels small">
        {Object.entries(alert.labels).map(([name, value]) => (
          <code key={name}>
            {name}={value}
          </code>
        ))}
      </p>
      {!keptBack && <SilenceButton alert={alert} />}
    </li>
  );
}
