import type { IncidentStatusView, IncidentView, StepView } from '@tocsin/contract';

/** Status of an incident as a person would say it. */
export const incidentStatusWords: Record<IncidentStatusView, string> = {
  open: 'Open',
  mitigated: 'Harm has ended',
  verified: 'Verified, watching stability',
  stable: 'Stable',
  resolved: 'Closed',
};

export const stepStatusWords: Record<StepView['status'], string> = {
  proposed: 'waits for approval',
  approved: 'approved',
  running: 'running now',
  succeeded: 'succeeded',
  failed: 'failed',
  unknown: 'may have run',
  denied: 'denied',
  expired: 'offer expired',
  blocked: 'not offered',
};

export const effectWords: Record<StepView['effect'], string> = {
  read: 'reads only',
  'create-temp': 'creates something temporary',
  mutate: 'changes the cluster',
  destroy: 'destructive',
};

export const pageStateWords: Record<IncidentView['pages'][number]['state'], string> = {
  queued: 'on its way',
  delivered: 'delivered',
  failed: 'not delivered',
};
