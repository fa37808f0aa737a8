import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReportView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { useMay } from '../incident/may-act.ts';
import { ReasonDialog } from '../incident/reason-dialog.tsx';
import { Panel } from '../layout/panel.tsx';
import { formatAgo } from '../time/format-time.ts';
import { useNow } from '../time/use-now.ts';
import { kindWords } from './kind-words.ts';

/** What people said: open ones with the button to close them, then those closed lately. */
export function ReportsPanel({ reports }: { readonly reports: readonly ReportView[] }) {
  const open = reports.filter((one) => one.closedAt === null);
  return (
    <Panel title="Reports of people" aside={`${open.length} open`}>
      {reports.length === 0 && <p className="quiet">Nobody has reported anything.</p>}
      <ul className="plain-list">
        {reports.map((report) => (
          <ReportEntry key={report.id} report={report} />
        ))}
      </ul>
    </Panel>
  );
}

function ReportEntry({ report }: { readonly report: ReportView }) {
  const now = useNow();
  return (
    <li className="alert-entry" data-kept-back={report.closedAt !== null}>
      <div className="alert-head">
        <strong className="alert-name">{report.text}</strong>
        {report.count > 1 && <span className="chip">{report.count} times</span>}
        {report.flag !== null && (
          <span className="chip" data-kind="bad">
            {report.flag}
          </span>
        )}
      </div>
      <p className="quiet small">
        {kindWords(report.kind)}
        {report.tenant !== null && `, tenant ${report.tenant}`}, {formatAgo(report.firstAt, now)}
      </p>
      {report.closedAt === null ? (
        <CloseButton report={report} />
      ) : (
        <p className="quiet small">Closed: {report.closedBecause}</p>
      )}
    </li>
  );
}

function CloseButton({ report }: { readonly report: ReportView }) {
  const may = useMay('responder');
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const close = useMutation({
    mutationFn: (because: string) => client.closeReport(report.id, because),
    onSettled: () => void cache.invalidateQueries({ queryKey: ['alerts'] }),
  });
  if (!may) return null;
  return (
    <>
      <Button variant="default" size="lg" onClick={() => setAsking(true)}>
        Close…
      </Button>
      {asking && (
        <ReasonDialog
          title="Close this report?"
          label="Why"
          confirm="Close it"
          pending={close.isPending}
          error={close.error}
          onConfirm={(because) => close.mutate(because)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
