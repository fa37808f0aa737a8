/** Where a page of a list ended, as the caller gets it: opaque, so that its inside may change. */
export function writeCursor(id: string): string {
  return Buffer.from(`1:${id}`).toString('base64url');
}

/** The id that a cursor stands for; null when it is not one of ours. */
export function readCursor(cursor: string): string | null {
  return /^1:(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1] ?? null;
}
