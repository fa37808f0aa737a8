/** One JSON object a line on standard error. */
export type Log = (level: 'info' | 'warn' | 'error', message: string) => void;

export const logToStderr: Log = (level, message) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message })}\n`);
};
