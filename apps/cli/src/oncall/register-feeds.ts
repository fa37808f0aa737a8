import type { OnCallFeed } from '@tocsin/contract';
import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

/** `tocsin oncall feed ...`: links by which a calendar shows shifts. */
export function registerFeeds(oncall: Command): void {
  const feed = oncall.command('feed').description('calendar links (iCalendar)');
  withConnection(
    feed
      .command('add <kind> <id>')
      .description('a link for "schedule ID" or "person ID"; it is shown once, and whoever has it may read'),
  ).action(async (kind: string, subject: string, options: ConnectOptions) => {
    if (kind !== 'schedule' && kind !== 'person')
      throw new Error(`kind: ${kind}; expected schedule or person`);
    const created = await connect(options).createFeed({ kind, subject });
    console.log(options.json ? JSON.stringify(created) : `${created.id}  ${created.url}`);
  });
  withConnection(feed.command('list').description('links that hold')).action(
    async (options: ConnectOptions) => {
      const feeds = await connect(options).feeds();
      console.log(options.json ? JSON.stringify(feeds) : feeds.map(line).join('\n') || 'no calendar links');
    },
  );
  withConnection(feed.command('revoke <id>').description('end a link')).action(
    async (id: string, options: ConnectOptions) => {
      const revoked = await connect(options).revokeFeed(id);
      console.log(options.json ? JSON.stringify(revoked) : `revoked: ${line(revoked)}`);
    },
  );
}

function line({ id, kind, subject, createdAt, createdBy }: OnCallFeed): string {
  return `${id}  ${kind} ${subject}  since ${createdAt} by ${createdBy.name}`;
}
