import type { StatusView } from '@tocsin/contract';

const words: Record<StatusView['verdict'], string> = {
  unknown: 'Nothing measured yet',
  quiet: 'All quiet',
  notice: 'A notice, no harm',
  suspected: 'Something is suspected',
  confirmed: 'Outage confirmed',
};

/** The state of the service in two words and one sentence. */
export function Verdict({
  status,
  openIncident,
}: {
  readonly status: StatusView;
  readonly openIncident: boolean;
}) {
  const Title = openIncident ? 'h2' : 'h1';
  return (
    <div className="verdict" data-verdict={status.verdict}>
      <Title>
        <span className="verdict-mark" aria-hidden="true" />
        {words[status.verdict]}
      </Title>
      {!openIncident && <p>{status.reason}</p>}
      <p className="quiet small">
        Watching <strong>{status.service.deployment}</strong> in {status.service.namespace} by “
        {status.plan.name}” ({status.plan.hash.slice(0, 8)}), Tocsin {status.version}
      </p>
    </div>
  );
}
