export { createApiServer, type ApiServer, type ApiServerOptions } from './api-server.ts';
export { createCredentials, kubeconfigFor, type Credentials } from './credentials.ts';
export { judgeEviction, type Verdict } from './eviction.ts';
export type { ApiPorts, LogOptions, PodLogs } from './ports.ts';
export { humanDuration } from './tables/durations.ts';
