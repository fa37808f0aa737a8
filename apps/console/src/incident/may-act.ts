import { useQuery } from '@tanstack/react-query';
import type { Role } from '@tocsin/contract';
import { queries } from '../queries.ts';

const order: readonly Role[] = ['viewer', 'responder', 'approver', 'admin'];

/** Whether the person who is signed in holds `needed` or more. The responder decides; this only spares useless buttons. */
export function useMay(needed: Role): boolean {
  const { data } = useQuery(queries.me);
  return data !== undefined && order.indexOf(data.role) >= order.indexOf(needed);
}
