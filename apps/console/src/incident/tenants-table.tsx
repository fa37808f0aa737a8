import type { TenantView } from '@tocsin/contract';

/** Tenants with their share of failed requests as number and bar; too little traffic is said, not drawn. */
export function TenantsTable({ tenants }: { readonly tenants: readonly TenantView[] }) {
  return (
    <table className="tenants">
      <thead>
        <tr>
          <th scope="col">Tenant</th>
          <th scope="col">Failed</th>
          <th scope="col" className="right">
            p95
          </th>
        </tr>
      </thead>
      <tbody>
        {tenants.map((tenant) => (
          <tr key={tenant.tenant} data-harm={tenant.harm}>
            <th scope="row">{tenant.tenant}</th>
            <td>
              <Ratio tenant={tenant} />
            </td>
            <td className="right numbers">{tenant.p95Ms === null ? '–' : formatLatency(tenant.p95Ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ratio({ tenant }: { readonly tenant: TenantView }) {
  if (!tenant.judged) return <span className="quiet">too little traffic ({tenant.requests} requests)</span>;
  const percent = tenant.errorRatio * 100;
  return (
    <span className="ratio">
      <span className="ratio-text numbers">
        {percent > 0 && percent < 1 ? '<1' : Math.round(percent)} %
        <span className="visually-hidden">
          {' '}
          ({tenant.failed} of {tenant.requests} requests)
        </span>
      </span>
      <svg className="ratio-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="ratio-track" width="100" height="8" />
        <rect className="ratio-fill" width={percent} height="8" />
      </svg>
    </span>
  );
}

function formatLatency(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms)} ms`;
}
