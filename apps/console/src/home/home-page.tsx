import { useQuery } from '@tanstack/react-query';
import type { IncidentListItem } from '@tocsin/contract';
import { Failure } from '../layout/failure.tsx';
import { SignedInAs } from '../layout/signed-in-as.tsx';
import { queries } from '../queries.ts';
import { IncidentRow } from './incident-row.tsx';
import { OnCallPanel } from './on-call-panel.tsx';
import { SourcesPanel } from './sources-panel.tsx';
import { TenantsNowPanel } from './tenants-now-panel.tsx';
import { Verdict } from './verdict.tsx';

/** Harm lasts, or recovery is not proven yet. */
function isOpen({ status }: IncidentListItem): boolean {
  return status !== 'resolved' && status !== 'stable';
}

/** What is watched and how it is; with an open incident, that first. */
export function HomePage() {
  const status = useQuery(queries.status);
  const incidents = useQuery(queries.incidents);
  const open = incidents.data?.filter(isOpen) ?? [];
  const past = incidents.data?.filter((one) => !isOpen(one)) ?? [];
  return (
    <div className="page">
      <Failure error={status.error ?? incidents.error} />
      {open.map((incident) => (
        <IncidentRow key={incident.id} incident={incident} prominent />
      ))}
      {status.data !== undefined && (
        <>
          <Verdict status={status.data} openIncident={open.length > 0} />
          <div className="columns">
            <div className="stack">
              <SourcesPanel status={status.data} />
              <TenantsNowPanel status={status.data} />
            </div>
            <div className="stack">
              <OnCallPanel />
            </div>
          </div>
        </>
      )}
      <section className="panel" aria-labelledby="past">
        <div className="panel-head">
          <h2 id="past">Past incidents</h2>
        </div>
        {past.length === 0 && <p className="quiet">None yet.</p>}
        {past.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} />
        ))}
      </section>
      <SignedInAs />
    </div>
  );
}
