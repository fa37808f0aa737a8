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

interface Said {
  readonly kind: ReportKind;
  readonly flag: '' | Flag;
  readonly tenant: string;
  readonly text: string;
}

const nothingSaid: Said = { kind: 'customer-report', flag: '', tenant: '', text: '' };

/** Says what is wrong with the service: phone first, one thumb. */
export function ReportForm() {
  const may = useMay('responder');
  const cache = useQueryClient();
  const [said, setSaid] = useState(nothingSaid);
  const text = said.text.trim();
  const tenant = said.tenant.trim();
  const report = useMutation({
    mutationFn: () =>
      client.report({
        kind: said.kind,
        text,
        tenant: tenant === '' ? null : tenant,
        flag: said.flag === '' ? null : said.flag,
      }),
    onSuccess: () => {
      setSaid((before) => ({ ...nothingSaid, kind: before.kind }));
      void cache.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text !== '') report.mutate();
  };
  if (!may) return null;
  return (
    <Panel title="Report something">
      <form className="stack" onSubmit={submit}>
        <Fields said={said} onChange={(change) => setSaid((before) => ({ ...before, ...change }))} />
        <Failure error={report.error} />
        {report.isSuccess && (
          <output>
            Kept: {report.data.count === 1 ? 'the first of its kind' : `${report.data.count} of its kind`}.
          </output>
        )}
        <Button type="submit" size="lg" loading={report.isPending} disabled={text === ''}>
          Report it
        </Button>
      </form>
    </Panel>
  );
}

interface FieldsProps {
  readonly said: Said;
  readonly onChange: (change: Partial<Said>) => void;
}

function Fields({ said, onChange }: FieldsProps) {
  return (
    <>
      <NativeSelect
        label="How it was noticed"
        size="lg"
        value={said.kind}
        data={reportKinds.map((value) => ({ value, label: kindWords(value) }))}
        onChange={(event) => onChange({ kind: event.currentTarget.value as ReportKind })}
      />
      <TextInput
        label="Tenant, if one is known"
        size="lg"
        value={said.tenant}
        onChange={(event) => onChange({ tenant: event.currentTarget.value })}
      />
      <Textarea
        label="What is wrong"
        size="lg"
        required
        autosize
        minRows={2}
        value={said.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <NativeSelect
        label="Is more at risk than availability?"
        size="lg"
        value={said.flag}
        data={flags.map((one) => ({ ...one }))}
        onChange={(event) => onChange({ flag: event.currentTarget.value as '' | Flag })}
      />
    </>
  );
}
