import { startStackProcess, withStateDir } from './stack-process.ts';

/** How long `tocsin up` takes on an empty folder, and again on the same one. */
export function boot(): Promise<object> {
  return withStateDir(async (folder) => {
    const first = await startStackProcess(folder);
    await first.stop();
    const second = await startStackProcess(folder);
    await second.stop();
    return { firstBootMs: Math.round(first.bootMs), secondBootMs: Math.round(second.bootMs) };
  });
}
