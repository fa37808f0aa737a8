import { slug } from '../document/plain-text.ts';
import type { Contact, Plan, Role } from '../plan.ts';

/** Somebody to be reached; the document's contact is told in words, never as an address to send to. */
export interface Receiver {
  name: string;
  who: string;
  role?: Role;
}

/** The escalation levels in order, then the roles that no level means. */
export function receiversOf(plan: Plan): Receiver[] {
  const meant = new Set(plan.escalation.map(({ roleId }) => roleId));
  const levels = plan.escalation.map(({ level, target, roleId, fromMinutes }): Receiver => {
    const role = plan.roles.find(({ id }) => id === roleId);
    const when = fromMinutes === 0 ? 'from the beginning' : `after ${fromMinutes} minutes`;
    const who = `${level}, ${when}: ${target}${reachedAt(plan.contacts, target, roleId)}`;
    return { name: nameOf(level, target), who, ...(role === undefined ? {} : { role }) };
  });
  const roles = plan.roles
    .filter(({ id }) => !meant.has(id))
    .map((role): Receiver => {
      const who = `${role.name}: ${role.duty || role.title}${reachedAt(plan.contacts, role.name, role.id)}`;
      return { name: nameOf('role', role.name), who, role };
    });
  const all = [...levels, ...roles];
  return all.length === 0 ? [{ name: 'on-call', who: 'the document names nobody' }] : unique(all);
}

function nameOf(...parts: string[]): string {
  return parts
    .map(slug)
    .filter((part) => part !== '')
    .join('-');
}

function unique(receivers: Receiver[]): Receiver[] {
  const used = new Map<string, number>();
  return receivers.map((receiver) => {
    const name = receiver.name || 'receiver';
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return count === 1 ? { ...receiver, name } : { ...receiver, name: `${name}_${count}` };
  });
}

function reachedAt(contacts: Contact[], name: string, roleId: string | undefined): string {
  const contact =
    contacts.find((one) => slug(one.name) === slug(name)) ??
    contacts.find((one) => roleId !== undefined && one.roleId === roleId);
  return contact === undefined ? '' : `; contact "${contact.name}": ${contact.value}`;
}
