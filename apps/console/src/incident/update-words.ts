import type { UpdateAudienceView, UpdateStatusView } from '@tocsin/contract';

/** As a person names them. */
export const audienceWords: Readonly<Record<UpdateAudienceView, string>> = {
  internal: 'The team',
  'status-page': 'The status page',
  customers: 'Affected customers',
  executives: 'Executives',
};

export const updateStatusWords: Readonly<Record<UpdateStatusView, string>> = {
  investigating: 'Investigating',
  identified: 'Cause known',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};
