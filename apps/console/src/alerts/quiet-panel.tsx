import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AlertsView, SilenceView } from '@tocsin/contract';
import { client } from '../client.ts';
import { useMay } from '../incident/may-act.ts';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { formatAgo, formatDate } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';

/** Silences and maintenance windows, and what they kept back. */
export function QuietPanel({ alerts }: { readonly alerts: AlertsView }) {
  const { data: silences = [], error } = useQuery(queries.silences);
  const now = useNow();
  const standing = silences.filter((one) => one.state !== 'expired');
  return (
    <Panel title="Kept quiet">
      <Failure error={error} />
      {standing.length + alerts.maintenance.length === 0 && <p className="quiet">Nothing is kept quiet.</p>}
      <ul className="plain-list">
        {alerts.maintenance.map((window) => (
          <li key={window.name}>
            <strong>{window.name}</strong>{' '}
            {window.active && (
              <span className="chip" data-kind="warn">
                active
              </span>
            )}
            <span className="quiet small block">
              maintenance {window.when}
              {window.wholeService && '; detection opens no incident meanwhile'}
            </span>
          </li>
        ))}
        {standing.map((silence) => (
          <SilenceEntry key={silence.id} silence={silence} />
        ))}
      </ul>
      {alerts.suppressions.length > 0 && (
        <>
          <h3>What was kept back</h3>
          <ul className="plain-list">
            {alerts.suppressions.map((one) => (
              <li key={`${one.kind} ${one.by} ${one.subject}`}>
                {one.subject === 'incident' ? `An incident was not opened: ${one.text}` : one.text}
                <span className="quiet small block break">
                  {one.kind} {one.by}, {formatAgo(one.lastAt, now)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}

function SilenceEntry({ silence }: { readonly silence: SilenceView }) {
  const may = useMay('responder');
  const cache = useQueryClient();
  const expire = useMutation({
    mutationFn: () => client.expireSilence(silence.id),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
  return (
    <li>
      <strong>{silence.comment}</strong>
      <span className="quiet small block break">
        {silence.matchers.join(', ')}, until {formatDate(silence.endsAt)}, by {silence.createdBy}
      </span>
      <Failure error={expire.error} />
      {may && (
        <Button variant="default" size="lg" loading={expire.isPending} onClick={() => expire.mutate()}>
          End it now
        </Button>
      )}
    </li>
  );
}
