import type { StatusView } from '@tocsin/contract';
import { TenantsTable } from '../incident/tenants-table.tsx';
import { Panel } from '../layout/panel.tsx';

export function TenantsNowPanel({ status }: { readonly status: StatusView }) {
  return (
    <Panel title="Tenants now">
      {status.tenants.length === 0 ? (
        <p className="quiet">No tenant has been measured yet.</p>
      ) : (
        <TenantsTable tenants={status.tenants} />
      )}
    </Panel>
  );
}
