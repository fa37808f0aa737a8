import { z } from 'zod';
import { instant } from './instant.ts';
import { actorView } from './person.ts';

/** The switch that stops every change on every incident, while it is set. */
export const handsOffSet = z.object({ since: instant, by: actorView, reason: z.string() });
export type HandsOffSet = z.infer<typeof handsOffSet>;

/** How the switch stands; `set` is null while changes are allowed. */
export const handsOffView = z.object({ set: handsOffSet.nullable() });
export type HandsOffView = z.infer<typeof handsOffView>;
