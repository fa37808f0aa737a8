import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

/** `tocsin review ID`: the review as Markdown, written from the event log. */
export function registerReview(program: Command): void {
  withConnection(program.command('review <id>').description('the review as Markdown')).action(
    async (id: string, options: ConnectOptions) => {
      const markdown = await connect(options).review(id);
      console.log(options.json ? JSON.stringify({ id, markdown }) : markdown);
    },
  );
}
