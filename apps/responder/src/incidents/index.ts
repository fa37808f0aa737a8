export type * from './core/actor.ts';
export type * from './core/command.ts';
export type * from './core/decision.ts';
export type * from './core/event.ts';
export type * from './core/incident.ts';
export type * from './core/input.ts';
