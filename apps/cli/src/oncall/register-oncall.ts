import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

/** `tocsin oncall now`: who would be woken. */
export function registerOncall(program: Command): void {
  const oncall = program.command('oncall').description('who is on call');
  withConnection(oncall.command('now').description('who would be woken now, by level')).action(
    async (options: ConnectOptions) => {
      const now = await connect(options).onCallNow();
      const lines = now.levels.map(
        (level) =>
          `L${level.level}  ${level.target.padEnd(28)}  ${level.persons.map((one) => one.name).join(', ') || 'nobody: the level below is repeated'}`,
      );
      console.log(options.json ? JSON.stringify(now) : lines.join('\n'));
    },
  );
}
