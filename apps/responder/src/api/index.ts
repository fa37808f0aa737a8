export type { ApiOptions, ApiPorts } from './api-ports.ts';
export { createApiToken, findApiToken } from './api-token.ts';
export { createApi } from './create-api.ts';
export { createLoginLink } from './login-link.ts';
export { describeApi } from './describe-api.ts';
export { runbookNotice } from './views/runbook-notice.ts';
export { incidentView } from './views/incident-view.ts';
