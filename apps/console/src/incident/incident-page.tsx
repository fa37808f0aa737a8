import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { IncidentView } from '@tocsin/contract';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatTimeOfDay } from '../time/format-time.ts';
import { AcknowledgeButton } from './acknowledge-button.tsx';
import { ActPanel } from './act-panel.tsx';
import { ChecklistPanel } from './checklist-panel.tsx';
import { ExternalPanel } from './external-panel.tsx';
import { DiagnosisPanel } from './diagnosis-panel.tsx';
import { EvidencePanel } from './evidence-panel.tsx';
import { IncidentHeader, IncidentLead } from './incident-header.tsx';
import { PagesPanel } from './pages-panel.tsx';
import { PhaseStrip } from './phase-clock.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { TenantsTable } from './tenants-table.tsx';
import { TimelinePanel } from './timeline-panel.tsx';
import { UpdatesPanel } from './updates-panel.tsx';
import { WhatToDo } from './what-to-do.tsx';

/** The page somebody opens at three in the morning. */
export function IncidentPage() {
  const { id } = useParams({ from: '/signed-in/incidents/$id' });
  const { data: incident, error } = useQuery(queries.incident(id));
  if (incident === undefined)
    return (
      <div className="page">
        {error === null ? <p className="quiet">Loading…</p> : <Failure error={error} />}
      </div>
    );
  return (
    <>
      <IncidentHeader incident={incident} />
      <div className="page incident-page" data-ringing={incident.waits}>
        <Failure error={error} />
        <IncidentLead incident={incident} />
        {incident.waits && (
          <div className="acknowledge-bar">
            <AcknowledgeButton incidentId={incident.id} />
          </div>
        )}
        <PhaseStrip clock={incident.phaseClock} />
        <Tabs defaultValue="response" keepMounted={false}>
          <Tabs.List>
            <Tabs.Tab value="response">Response</Tabs.Tab>
            <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
            <Tabs.Tab value="evidence">Evidence</Tabs.Tab>
            <Tabs.Tab value="review">Review</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="response">
            <Response incident={incident} />
          </Tabs.Panel>
          <Tabs.Panel value="timeline">
            <TimelinePanel incidentId={incident.id} />
          </Tabs.Panel>
          <Tabs.Panel value="evidence">
            <EvidencePanel incident={incident} />
          </Tabs.Panel>
          <Tabs.Panel value="review">
            <ReviewPanel incident={incident} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </>
  );
}

function Response({ incident }: { readonly incident: IncidentView }) {
  return (
    <div className="columns">
      <div className="stack">
        <WhatToDo incident={incident} />
        <DiagnosisPanel incident={incident} />
        <UpdatesPanel incident={incident} />
      </div>
      <div className="stack">
        <Panel title="Tenants" {...(incident.zones.length > 0 ? { aside: incident.zones.join(', ') } : {})}>
          {incident.detached && (
            <p>
              Measured when it was split off, at {formatTimeOfDay(incident.measuredAt)}; not followed since.
            </p>
          )}
          {incident.measured !== incident.severityReason && <p className="small">{incident.measured}</p>}
          <TenantsTable tenants={incident.tenants} />
        </Panel>
        <PagesPanel incident={incident} />
        <ExternalPanel incident={incident} />
        <ChecklistPanel incident={incident} />
        <ActPanel incident={incident} />
      </div>
    </div>
  );
}
