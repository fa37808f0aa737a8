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
} satisfies Partial<Handlers>;
