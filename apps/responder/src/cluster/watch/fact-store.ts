import { isDeepStrictEqual } from 'node:util';
import type { EventFact } from '#facts';
import type { WireMeta } from '../map/object-shape.ts';
import { mappers, type MappedObject, type MappedObjects } from './mapped-objects.ts';
import { objectFacts, type ObjectFacts } from './object-facts.ts';
import type { ResourceName } from './watched-resources.ts';

/** Events older than this are dropped, so that memory stays bounded. */
const eventAgeMs = 15 * 60_000;
const eventLimit = 500;

/** Keeps what the objects say, not the objects: memory grows with the number of objects, not with their size. */
export interface FactStore {
  upsert(resource: ResourceName, object: unknown): void;
  remove(resource: ResourceName, object: unknown): void;
  /** The whole collection as a list has just told it; what is missing is gone. */
  replace(resource: ResourceName, objects: readonly unknown[]): void;
  /** The same value until something changes; the same list until something on it does. */
  facts(): ObjectFacts;
}

function keyOf(object: unknown): string {
  const meta = (object as { metadata?: WireMeta }).metadata;
  return meta?.name ?? '';
}

function pruneEvents(events: Map<string, EventFact>): void {
  const newest = Math.max(0, ...[...events.values()].map((one) => one.at));
  const kept = [...events].filter(([, one]) => one.at >= newest - eventAgeMs);
  kept.sort(([, a], [, b]) => b.at - a.at);
  events.clear();
  for (const [key, one] of kept.slice(0, eventLimit)) events.set(key, one);
}

/** An empty store; `facts` are sorted as the server lists them, events oldest first. */
export function createFactStore(): FactStore {
  const all = Object.fromEntries(
    Object.keys(mappers).map((name) => [name, new Map<string, never>()]),
  ) as unknown as MappedObjects;
  const changed = new Set<ResourceName>();
  let known: ObjectFacts | null = null;

  /** Most changes of an object at rest are none of its facts: then what is known of it stays, and the lists it is on. */
  function put<Name extends ResourceName>(resource: Name, object: unknown): void {
    const objects: Map<string, MappedObject[Name]> = all[resource];
    const key = keyOf(object);
    const mapped: MappedObject[Name] = mappers[resource](object as never);
    if (objects.has(key) && isDeepStrictEqual(objects.get(key), mapped)) return;
    objects.set(key, mapped);
    changed.add(resource);
  }

  function trim(resource: ResourceName): void {
    if (resource !== 'events' && resource !== 'nodeEvents') return;
    if (all[resource].size > eventLimit * 1.2) pruneEvents(all[resource]);
  }

  return {
    upsert(resource, object) {
      put(resource, object);
      trim(resource);
    },
    remove(resource, object) {
      if (all[resource].delete(keyOf(object))) changed.add(resource);
    },
    replace(resource, objects) {
      all[resource].clear();
      changed.add(resource);
      for (const object of objects) put(resource, object);
      trim(resource);
    },
    facts() {
      if (known === null || changed.size > 0) known = objectFacts(all, known, changed);
      changed.clear();
      return known;
    },
  };
}
