export type * from './on-call-view.ts';
export { createTeam, type Team, type TeamConfig } from './team.ts';
export { whoIsOnCall } from './who-is-on-call.ts';
