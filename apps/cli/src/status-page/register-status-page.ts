import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

interface LinkOptions extends ConnectOptions {
  readonly days: string;
  readonly end?: true;
}

/** `tocsin status-page ...`: what customers see. */
export function registerStatusPage(program: Command): void {
  const page = program.command('status-page').description('what customers see');
  withConnection(
    page
      .command('link <tenant>')
      .description('a signed link to the page of one tenant: only what concerns them')
      .option('--days <days>', 'how long it is good for', '30')
      .option('--end', 'end every link to the page of the tenant that was made until now'),
  ).action(async (tenant: string, options: LinkOptions) => {
    const client = connect(options);
    if (options.end === true) {
      const ended = await client.endTenantLinks(tenant);
      console.log(
        options.json ? JSON.stringify(ended) : `links to the page of ${tenant} lead nowhere any more`,
      );
      return;
    }
    const link = await client.makeTenantLink({ tenant, days: daysOf(options.days) });
    console.log(options.json ? JSON.stringify(link) : `${link.url}\ngood until ${link.expiresAt}`);
  });
}

function daysOf(given: string): number {
  const days = Number(given);
  if (Number.isInteger(days) && days >= 1 && days <= 400) return days;
  throw new Error(`--days: "${given}"; expected a whole number from 1 to 400`);
}
