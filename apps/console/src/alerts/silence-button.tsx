import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AlertView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { useMay } from '../incident/may-act.ts';
import { ReasonDialog } from '../incident/reason-dialog.tsx';

const minutes = 60;

/** Keeps exactly this alert back for an hour, with the reason. */
export function SilenceButton({ alert }: { readonly alert: AlertView }) {
  const may = useMay('responder');
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const silence = useMutation({
    mutationFn: (comment: string) =>
      client.silence({
        matchers: Object.entries(alert.labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`),
        minutes,
        comment,
      }),
    onSuccess: () => {
      setAsking(false);
      void cache.invalidateQueries({ queryKey: ['alerts'] });
    },
  });
  if (!may) return null;
  return (
    <>
      <Button variant="default" size="lg" onClick={() => setAsking(true)}>
        Silence for an hour…
      </Button>
      {asking && (
        <ReasonDialog
          title={`Silence ${alert.name}?`}
          label="Why"
          confirm="Silence it for an hour"
          pending={silence.isPending}
          error={silence.error}
          onConfirm={(comment) => silence.mutate(comment)}
          onClose={() => setAsking(false)}
        >
          <p>Exactly this alert, by all its labels, opens and worsens nothing for an hour.</p>
        </ReasonDialog>
      )}
    </>
  );
}
