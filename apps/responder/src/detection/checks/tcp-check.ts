import { fine, type Check } from './check.ts';
import { openSocket, type Address } from './connect.ts';

/** Whether a connection is accepted. A process that hangs passes: the kernel accepts for it. */
export function tcpCheck(address: Address): Check {
  return {
    async ask(asking) {
      (await openSocket(address, asking)).destroy();
      return fine;
    },
  };
}
