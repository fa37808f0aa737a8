import { personById } from '#oncall';
import type { Caller } from '../caller.ts';
import { type Context, found, type Handlers } from '../handler.ts';
import { contactView } from '../views/contact-view.ts';

/** The contact as it stands after a change. */
async function show(
  { ports }: Context,
  { caller, now }: { readonly caller: Caller; readonly now: number },
  name: string,
) {
  const contacts = await ports.comms.contactsOf(caller.person, now);
  return contactView(found(contacts.find((one) => one.contact === name) ?? null, 'contact', name));
}

/** The caller with the contact methods that they have now. */
async function refreshed({ ports }: Context, caller: Caller): Promise<Caller> {
  await ports.team.refresh();
  const person = personById(ports.people(), caller.person.id) ?? caller.person;
  return { ...caller, person };
}

export const contactHandlers = {
  contacts: async ({ ports }, { caller, now }) =>
    (await ports.comms.contactsOf(caller.person, now)).map(contactView),

  sendContactCode: async (context, call) => {
    await context.ports.comms.sendCode(call.caller.person, call.body.contact);
    return show(context, call, call.body.contact);
  },

  verifyContact: async (context, call) => {
    await context.ports.comms.verifyContact(call.caller.person, call.body);
    return show(context, call, call.body.contact);
  },

  pushKey: async ({ ports }) => ({ publicKey: await ports.comms.devices.publicKey() }),

  addPushDevice: async (context, { caller, body, now }) => {
    const { label, endpoint, keys } = body;
    const contact = await context.ports.comms.devices.add(caller.person, label, { endpoint, keys });
    return show(context, { caller: await refreshed(context, caller), now }, contact);
  },

  removePushDevice: async (context, { caller, body, now }) => {
    await context.ports.comms.devices.remove(caller.person, body.contact);
    const { person } = await refreshed(context, caller);
    return (await context.ports.comms.contactsOf(person, now)).map(contactView);
  },
} satisfies Partial<Handlers>;
