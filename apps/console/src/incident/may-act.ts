import { useQuery } from '@tanstack/react-query';
import { type Role, roles } from '@tocsin/contract';
import { queries } from '../queries.ts';

/** Whether the person who is signed in holds `needed` or more. The responder decides; this only spares useless buttons. */
export function useMay(needed: Role): boolean {
  const { data } = useQuery(queries.me);
  return data !== undefined && roles.indexOf(data.role) >= roles.indexOf(needed);
}
