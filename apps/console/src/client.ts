import { createClient } from '@tocsin/contract';

/** The responder that served this page. */
export const client = createClient({ baseUrl: '' });
