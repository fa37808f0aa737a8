export { startTraffic } from './start-traffic.ts';
export type { Traffic, TrafficOptions, TrafficTenant } from './start-traffic.ts';
export { trafficServer } from './traffic-server.ts';
export type { TrafficStats, TenantSecond, TenantWindow } from './traffic-stats.ts';
