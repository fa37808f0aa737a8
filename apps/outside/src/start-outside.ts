import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMailbox } from '#mailbox';
import { startTraffic, trafficServer, type TrafficOptions } from '#traffic';

/** Where what is outside of the cluster listens, and what its customers do; port 0 takes a free one. */
export interface OutsideOptions {
  host: string;
  ports: { smtp: number; mailbox: number; traffic: number };
  traffic: TrafficOptions;
}

/** Where it is reached: the mail provider, its pages and switches, and the counts of the customers' requests. */
export interface OutsideAddresses {
  mailbox: { smtpUrl: string; httpUrl: string };
  traffic: { url: string };
}

/** A running outside. */
export interface Outside {
  addresses: OutsideAddresses;
  /** Closes every port. Requests under way are not waited for: a frozen pod would hold them for their whole time limit. */
  close(): Promise<void>;
}

/** Starts the customers' traffic and a mail provider. Rejects when a port is taken, and leaves nothing open then. */
export async function startOutside({ host, ports, traffic: customers }: OutsideOptions): Promise<Outside> {
  const mailbox = await startMailbox({ host, smtpPort: ports.smtp, httpPort: ports.mailbox });
  const traffic = startTraffic(customers);
  const server = createServer(trafficServer(traffic));
  const close = async (): Promise<void> => {
    void traffic.stop();
    server.close();
    server.closeAllConnections();
    await mailbox.close();
  };
  server.listen(ports.traffic, host);
  await once(server, 'listening').catch(async (error: Error) => {
    await close();
    throw error;
  });
  const url = (port: number, scheme = 'http'): string => `${scheme}://${host}:${port}`;
  return {
    addresses: {
      mailbox: { smtpUrl: url(mailbox.smtpPort, 'smtp'), httpUrl: url(mailbox.httpPort) },
      traffic: { url: url((server.address() as AddressInfo).port) },
    },
    close,
  };
}
