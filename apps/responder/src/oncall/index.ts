export type * from './on-call-view.ts';
