import type { ContactView } from '@tocsin/contract';
import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

/** `tocsin contact ...`: how pages reach you, and proving that they do. */
export function registerContact(program: Command): void {
  const contact = program.command('contact').description('your contact methods, and verifying them');
  withConnection(contact.command('list').description('how pages reach you')).action(
    async (options: ConnectOptions) => {
      const contacts = await connect(options).contacts();
      print(options, contacts, contacts.map(lineOf).join('\n'));
    },
  );
  withConnection(contact.command('code <contact>').description('send a code there')).action(
    async (name: string, options: ConnectOptions) => {
      const sent = await connect(options).sendContactCode(name);
      print(options, sent, `a code is on its way; then: tocsin contact verify ${name} CODE`);
    },
  );
  withConnection(contact.command('verify <contact> <code>').description('enter the code that came')).action(
    async (name: string, code: string, options: ConnectOptions) => {
      const verified = await connect(options).verifyContact(name, code);
      print(options, verified, lineOf(verified));
    },
  );
}

function lineOf({ contact, verified }: ContactView): string {
  return `${contact.padEnd(40)}  ${verified ? 'verified' : 'unverified: it is used all the same'}`;
}

function print(options: ConnectOptions, value: unknown, text: string): void {
  console.log(options.json ? JSON.stringify(value) : text);
}
