import { z } from 'zod';

/** Any JSON value. */
export const jsonValue = z.json('any JSON value');

// Named itself, not a copy as by `meta`: it refers to itself, and the API description needs a name for that.
z.globalRegistry.add(jsonValue, { id: 'JsonValue' });
