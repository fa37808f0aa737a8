import { z } from 'zod';

/** An instant on the wire: ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({
  error: 'expected an instant in UTC such as 2026-03-01T10:00:00Z',
});
