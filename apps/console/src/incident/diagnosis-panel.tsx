import type { DiagnosisView, IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { Panel } from '../layout/panel.tsx';
import { EvidenceDrawer } from './evidence-drawer.tsx';

/** The ranked causes: what speaks for each, what against, and what would settle it. */
export function DiagnosisPanel({ incident }: { readonly incident: IncidentView }) {
  const [first, ...others] = incident.diagnoses;
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Panel title="Diagnosis">
      {first === undefined ? (
        <p className="quiet">No cause found yet.</p>
      ) : (
        <Diagnosis diagnosis={first} onRead={setOpen} />
      )}
      {others.length > 0 && (
        <details>
          <summary>
            {others.length} less likely: {others.map((one) => one.id).join(', ')}
          </summary>
          {others.map((one) => (
            <Diagnosis key={`${one.id} ${one.subject}`} diagnosis={one} onRead={setOpen} />
          ))}
        </details>
      )}
      {open !== null && (
        <EvidenceDrawer incidentId={incident.id} evidenceId={open} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}

/** What was looked for and not found, folded away: on a phone it must not push the rest off the screen. */
function Unknown({ diagnosis }: { readonly diagnosis: DiagnosisView }) {
  return (
    <div className="diagnosis">
      <p className="diagnosis-head">
        <strong>Cause not known yet</strong>
      </p>
      <Points title="Would settle it" points={diagnosis.settles} sign="?" />
      <details>
        <summary>{diagnosis.for.length + diagnosis.against.length} causes looked at and ruled out</summary>
        <Points title="Ruled out" points={[...diagnosis.for, ...diagnosis.against]} sign="−" />
      </details>
    </div>
  );
}

function Diagnosis({
  diagnosis,
  onRead,
}: {
  readonly diagnosis: DiagnosisView;
  readonly onRead: (evidenceId: string) => void;
}) {
  if (diagnosis.id === 'unknown') return <Unknown diagnosis={diagnosis} />;
  return (
    <div className="diagnosis">
      <p className="diagnosis-head">
        <strong>{diagnosis.id}</strong>
        {diagnosis.subject !== '' && <code>{diagnosis.subject}</code>}
        <span className="numbers">{Math.round(diagnosis.confidence * 100)} % sure</span>
      </p>
      <Points title="Speaks for it" points={diagnosis.for} sign="+" />
      <Points title="Speaks against it" points={diagnosis.against} sign="−" />
      <Points title="Would settle it" points={diagnosis.settles} sign="?" />
      {diagnosis.reads.length > 0 && (
        <div className="fact">
          <h3>Read it yourself</h3>
          <ul className="plain-list evidence-list">
            {diagnosis.reads.map(({ id, command }) => (
              <li key={id}>
                <button type="button" className="evidence-row" onClick={() => onRead(id)}>
                  <code>{command}</code>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function Points({
  title,
  points,
  sign,
}: {
  readonly title: string;
  readonly points: readonly string[];
  readonly sign: string;
}) {
  if (points.length === 0) return null;
  return (
    <div className="fact">
      <h3>{title}</h3>
      <ul className="plain-list points">
        {points.map((point) => (
          <li key={point}>
            <span className="point-sign" aria-hidden="true">
              {sign}
            </span>
            <span>{point}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
