import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReportDraft, type ReportKind, reportKinds } from '@tocsin/contract';
import { type FormEvent, useState } from 'react';
import { client } from '../client.ts';
import { useMay } from '../incident/may-act.ts';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { kindWords } from './kind-words.ts';

type Flag = NonNullable<ReportDraft['flag']>;

const flags: readonly { readonly value: '' | Flag; readonly label: string }[] = [
  { value: '', label: 'No, it is slow or does not answer' },
  { value: 'integrity', label: 'Data may be wrong or lost' },
  { value: 'security', label: 'Somebody may have broken in' },
];

/** Says what is wrong with the service: phone first, one thumb. */
export function ReportForm() {
  const may = useMay('responder');
  const cache = useQueryClient();
  const [kind, setKind] = useState<ReportKind>('customer-report');
  const [flag, setFlag] = useState<'' | Flag>('');
  const [tenant, setTenant] = useState('');
  const [text, setText] = useState('');
  const report = useMutation({
    mutationFn: () =>
      client.report({
        kind,
        text: text.trim(),
        tenant: tenant.trim() === '' ? null : tenant.trim(),
        flag: flag === '' ? null : flag,
      }),
    onSuccess: () => {
      setText('');
      setTenant('');
      setFlag('');
      void cache.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') report.mutate();
  };
  if (!may) return null;
  return (
    <Panel title="Report something">
      <form className="stack" onSubmit={submit}>
        <NativeSelect
          label="How it was noticed"
          size="lg"
          value={kind}
          data={reportKinds.map((value) => ({ value, label: kindWords(value) }))}
          onChange={(event) => setKind(event.currentTarget.value as ReportKind)}
        />
        <TextInput
          label="Tenant, if one is known"
          size="lg"
          value={tenant}
          onChange={(event) => setTenant(event.currentTarget.value)}
        />
        <Textarea
          label="What is wrong"
          size="lg"
          required
          autosize
          minRows={2}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          label="Is more at risk than availability?"
          size="lg"
          value={flag}
          data={flags.map((one) => ({ ...one }))}
          onChange={(event) => setFlag(event.currentTarget.value as '' | Flag)}
        />
        <Failure error={report.error} />
        {report.isSuccess && (
          <p role="status">
            Kept: {report.data.count === 1 ? 'the first of its kind' : `${report.data.count} of its kind`}.
          </p>
        )}
        <Button type="submit" size="lg" loading={report.isPending} disabled={text.trim() === ''}>
          Report it
        </Button>
      </form>
    </Panel>
  );
}
