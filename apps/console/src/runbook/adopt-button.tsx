import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RunbookText } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { useMay } from '../incident/may-act.ts';
import { Dialog } from '../layout/dialog.tsx';
import { Failure } from '../layout/failure.tsx';
import { ChangeList } from './change-list.tsx';

/** Takes the offered version into use; asks once more, naming what gets weaker. The yes holds for the version shown, for no other. */
export function AdoptButton({ offered }: { readonly offered: RunbookText }) {
  const may = useMay('approver');
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const adopt = useMutation({
    mutationFn: () => client.adoptRunbook(offered.hash),
    onSuccess: (runbook) => {
      cache.setQueryData(['runbook'], runbook);
      void cache.invalidateQueries({ queryKey: ['runbook'] });
      void cache.invalidateQueries({ queryKey: ['status'] });
    },
    onError: () => void cache.invalidateQueries({ queryKey: ['runbook'] }),
  });
  const weaker = offered.changes.filter((change) => change.weight === 'weaker');
  if (!may) return <p className="quiet">An approver has to decide.</p>;
  return (
    <>
      <Failure error={adopt.error} />
      <div className="decision">
        <Button
          size="lg"
          loading={adopt.isPending}
          onClick={() => (weaker.length > 0 ? setAsking(true) : adopt.mutate())}
        >
          {weaker.length > 0 ? 'Take into use…' : 'Take into use'}
        </Button>
      </div>
      {asking && (
        <Dialog title="Take a weaker runbook into use?" onClose={() => setAsking(false)}>
          <p>Detection changes at once, the response from the next incident on:</p>
          <ChangeList changes={weaker} />
          <Failure error={adopt.error} />
          <div className="decision">
            <Button size="lg" color="var(--p0)" loading={adopt.isPending} onClick={() => adopt.mutate()}>
              Take {offered.hash.slice(0, 8)} into use
            </Button>
            <Button size="lg" variant="default" data-autofocus onClick={() => setAsking(false)}>
              Not now
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
