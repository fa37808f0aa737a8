import type { ReportKind } from '@tocsin/contract';

/** The runbook's four ways in which people notice an outage. */
export function kindWords(kind: ReportKind): string {
  switch (kind) {
    case 'customer-report':
      return 'A customer reports it';
    case 'dashboard-anomaly':
      return 'A dashboard looks wrong';
    case 'degradation-notice':
      return 'Somebody notices that it is worse';
    case 'degradation-report':
      return 'Another team reports that it is worse';
    default:
      return kind satisfies never;
  }
}
