import picocolors from 'picocolors';

/** Colours on a terminal only, whatever the environment says of CI; none when `NO_COLOR` is set. */
export const colors = picocolors.createColors(process.stdout.isTTY === true && !process.env['NO_COLOR']);
