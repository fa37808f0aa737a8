import { Button } from '@mantine/core';
import type { ExternalCallView, IncidentView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { Panel } from '../layout/panel.tsx';
import { formatTimeOfDay } from '../time/format-time.ts';
import { useMay } from './may-act.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

/** Whom outside the reached levels ask for: a person calls them, and says who did and what came of it. */
export function ExternalPanel({ incident }: { readonly incident: IncidentView }) {
  const may = useMay('responder');
  const [calling, setCalling] = useState<ExternalCallView | null>(null);
  const close = (): void => setCalling(null);
  const called = useAct(
    incident.id,
    (note: string) => client.calledExternal(incident.id, calling?.id ?? '', note),
    close,
  );
  if (incident.external.length === 0) return null;
  const done = incident.external.filter((one) => one.called !== null).length;
  return (
    <Panel title="Call outside" aside={`${done} of ${incident.external.length}`}>
      <ul className="plain-list checklist">
        {incident.external.map((one) => (
          <Call
            key={one.id}
            call={one}
            {...(may && incident.status !== 'resolved' ? { onCalled: () => setCalling(one) } : {})}
          />
        ))}
      </ul>
      {calling !== null && (
        <ReasonDialog
          title={`${calling.name} was called?`}
          label="Who called, and what is their ticket number?"
          confirm="Called"
          pending={called.isPending}
          error={called.error}
          onConfirm={called.mutate}
          onClose={close}
        />
      )}
    </Panel>
  );
}

function Call({ call, onCalled }: { readonly call: ExternalCallView; readonly onCalled?: () => void }) {
  const { name, called } = call;
  return (
    <li data-ticked={called !== null}>
      <span className="box" aria-hidden="true">
        {called === null ? '' : '✓'}
      </span>
      <span className="source-name">
        <span className="visually-hidden">{called === null ? 'open: ' : 'done: '}</span>
        {name}
        <Ways call={call} />
        {called !== null && (
          <span className="quiet small block">
            {formatTimeOfDay(called.at)} {called.by.name}: {called.note}
          </span>
        )}
      </span>
      {called === null && onCalled !== undefined && (
        <Button variant="subtle" size="sm" onClick={onCalled} aria-label={`${name} was called`}>
          Called…
        </Button>
      )}
    </li>
  );
}

function Ways({ call: { phone, url, email, reference, say, mail } }: { readonly call: ExternalCallView }) {
  return (
    <>
      {phone !== null && (
        <span className="block">
          <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</a>
        </span>
      )}
      {url !== null && (
        <span className="block">
          <a href={url} target="_blank" rel="noreferrer">
            {url}
          </a>
        </span>
      )}
      {email !== null && (
        <span className="block">
          <a href={`mailto:${email}`}>{email}</a>
        </span>
      )}
      {reference !== null && <span className="small block">Reference: {reference}</span>}
      {say !== null && <span className="small block">Say: {say}</span>}
      {mail !== null && (
        <span className="quiet small block">
          Message by e-mail: {mail.state}
          {mail.detail === null ? '' : `, ${mail.detail}`}
        </span>
      )}
    </>
  );
}
