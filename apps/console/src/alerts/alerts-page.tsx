import { useQuery } from '@tanstack/react-query';
import type { AlertsView } from '@tocsin/contract';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { AlertEntry } from './alert-entry.tsx';
import { HeartbeatsPanel } from './heartbeats-panel.tsx';
import { ProblemsPanel } from './problems-panel.tsx';
import { QuietPanel } from './quiet-panel.tsx';
import { ReportForm } from './report-form.tsx';
import { ReportsPanel } from './reports-panel.tsx';

/** What other tools and people say, what is kept quiet by what, and the form to say something. */
export function AlertsPage() {
  const { data, error } = useQuery(queries.alerts);
  return (
    <div className="page">
      <h1>Alerts</h1>
      <Failure error={error} />
      {data !== undefined && (
        <div className="columns">
          <div className="stack">
            <ActivePanel alerts={data} />
            <ProblemsPanel problems={data.problems} />
          </div>
          <div className="stack">
            <ReportForm />
            <ReportsPanel reports={data.reports} />
            <QuietPanel alerts={data} />
            <HeartbeatsPanel heartbeats={data.heartbeats} />
          </div>
        </div>
      )}
    </div>
  );
}

function ActivePanel({ alerts }: { readonly alerts: AlertsView }) {
  const { active, activeCount, suppressedCount } = alerts;
  const aside = `${activeCount} active, ${suppressedCount} kept back`;
  return (
    <Panel title="Alerts of other tools" aside={aside}>
      {activeCount === 0 && <p className="quiet">No other tool says that something is wrong.</p>}
      <ul className="plain-list">
        {active.map((alert) => (
          <AlertEntry key={alert.fingerprint} alert={alert} />
        ))}
      </ul>
      {activeCount > active.length && <p className="quiet">and {activeCount - active.length} more</p>}
    </Panel>
  );
}
