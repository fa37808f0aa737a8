import type { OnCallWarning } from '@tocsin/contract';
import { Panel } from '../layout/panel.tsx';
import { formatDate } from '../time/format-time.ts';

const words: Record<OnCallWarning['kind'], string> = {
  gap: 'nobody',
  overlap: 'overlap',
  'idle-override': 'override by somebody away',
  'same-person': 'same person twice',
  'not-in-document': 'not in the runbook',
};

/** Gaps and overlaps ahead, gaps first; one quiet line when there are none. */
export function WarningsPanel({ warnings }: { readonly warnings: readonly OnCallWarning[] }) {
  const gaps = warnings.filter((one) => one.kind === 'gap').length;
  return (
    <Panel
      title="The next 14 days"
      aside={gaps === 0 ? 'no gap' : `${gaps} ${gaps === 1 ? 'gap' : 'gaps'}`}
      className={gaps > 0 ? 'standing' : ''}
    >
      {warnings.length === 0 && (
        <p className="ok-text">Somebody is on call for every level and role at all times.</p>
      )}
      <ul className="plain-list on-call-warnings">
        {warnings.map((one) => (
          <li key={`${one.kind} ${one.where} ${one.from} ${one.because}`} data-kind={one.kind}>
            <span className="tag">{words[one.kind]}</span>
            <span className="source-name">
              {one.where}
              <span className="quiet small block">
                <span className="numbers">{formatDate(one.from)}</span> to{' '}
                <span className="numbers">{formatDate(one.to)}</span>: {one.because}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
