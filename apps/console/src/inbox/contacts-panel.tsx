import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ContactView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';

/** How pages reach the person who is signed in, and proving that they do. */
export function ContactsPanel() {
  const { data, error } = useQuery(queries.contacts);
  return (
    <Panel title="How you are paged">
      <Failure error={error} />
      <ul className="plain-list">
        {data?.map((one) => (
          <Contact key={one.contact} contact={one} />
        ))}
      </ul>
    </Panel>
  );
}

function Contact({ contact }: { readonly contact: ContactView }) {
  const cache = useQueryClient();
  const send = useMutation({
    mutationFn: () => client.sendContactCode(contact.contact),
    onSettled: () => cache.invalidateQueries({ queryKey: ['contacts'] }),
  });
  return (
    <li className="source">
      <span className="level">{contact.channel}</span>
      <span className="source-name">
        {contact.address ?? 'this console'}
        <span className="quiet small block">
          {contact.verified ? '✓ verified' : 'not verified; used all the same'}
        </span>
        <Failure error={send.error} />
        {contact.codeUntil !== null && <CodeForm contact={contact.contact} />}
      </span>
      {!contact.verified && (
        <Button variant="default" loading={send.isPending} onClick={() => send.mutate()}>
          Send a code
        </Button>
      )}
    </li>
  );
}

function CodeForm({ contact }: { readonly contact: string }) {
  const cache = useQueryClient();
  const [code, setCode] = useState('');
  const verify = useMutation({
    mutationFn: () => client.verifyContact(contact, code),
    onSettled: () => cache.invalidateQueries({ queryKey: ['contacts'] }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        verify.mutate();
      }}
    >
      <TextInput
        label="The code that came"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <Button type="submit" loading={verify.isPending}>
        Verify
      </Button>
      <Failure error={verify.error} />
    </form>
  );
}
