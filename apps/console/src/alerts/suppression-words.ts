import type { AlertView } from '@tocsin/contract';

/** Why an alert starts nothing, in words before the name of what keeps it back. */
export function suppressionWords(kind: AlertView['suppressedBy'][number]['kind']): string {
  switch (kind) {
    case 'silence':
      return 'silenced by';
    case 'inhibition':
      return 'explained by the graver alert';
    case 'maintenance':
      return 'in the maintenance window';
    case 'heartbeat':
      return 'a sign of life of';
    case 'other-service':
      return 'not about this service: expected';
    default:
      return kind satisfies never;
  }
}
