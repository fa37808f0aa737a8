import type { Person } from '../on-call-view.ts';
import type { Device } from './device.ts';

/** People with their devices as further contact methods. */
export function withDevices(people: readonly Person[], devices: readonly Device[]): readonly Person[] {
  return people.map((person) => {
    const own = devices.filter((one) => one.person === person.id && one.goneAt === null);
    const contacts = own.map(({ id }) => ({ channel: 'push', address: id }) as const);
    return own.length === 0 ? person : { ...person, contacts: [...person.contacts, ...contacts] };
  });
}
