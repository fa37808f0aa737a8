import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../client.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** Asks why, and stops every change on every incident, or allows them again. */
export function HandsOffEverywhere({ on, onClose }: { readonly on: boolean; readonly onClose: () => void }) {
  const cache = useQueryClient();
  const act = useMutation({
    mutationFn: (reason: string) => client.handsOffEverywhere(on, reason),
    onSuccess: () => {
      void cache.invalidateQueries();
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={on ? 'Stop every change, everywhere?' : 'Allow approved changes again, everywhere?'}
      label="Why?"
      confirm={on ? 'Stop all changes' : 'Allow changes'}
      pending={act.isPending}
      error={act.error}
      onConfirm={act.mutate}
      onClose={onClose}
    />
  );
}
