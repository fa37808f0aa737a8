export * from './api-status-error.ts';
export * from './conditions.ts';
export { applyDefaults, qosClassOf } from './defaults.ts';
export type * from './kinds.ts';
export type * from './meta.ts';
export { mirrorEndpoints } from './mirror-endpoints.ts';

export { ObjectStore, timestamp } from './object-store.ts';
export type { DeleteOptions, NewObject, ObjectStoreOptions, Ref, Scope } from './object-store.ts';

export * from './ownership.ts';
export { quantity } from './quantity.ts';
export { recordEvent, type EventInput } from './record-event.ts';
export { apiVersionOf, qualifiedName, resourceOf, resources, type Resource } from './resources.ts';
export * from './selectors.ts';
export type { Change } from './watch-hub.ts';
