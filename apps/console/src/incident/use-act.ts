import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { IncidentView } from '@tocsin/contract';

/** One action on an incident: its answer is the incident as it then stands, and is shown at once. */
export function useAct<Input = void>(
  id: string,
  act: (input: Input) => Promise<IncidentView>,
  onDone?: () => void,
) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: (incident) => {
      cache.setQueryData(['incident', id], incident);
      void cache.invalidateQueries({ queryKey: ['timeline', id] });
      void cache.invalidateQueries({ queryKey: ['inbox'] });
      onDone?.();
    },
    // Whatever was refused, the screen may be behind: read again.
    onError: () => void cache.invalidateQueries({ queryKey: ['incident', id] }),
  });
}
