import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startMailServer } from '../../../test/mail-server.ts';
import { createMailLane } from './mail-lane.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** A real mail server behind a wire that can be cut. */
async function laneToServer() {
  const mail = await startMailServer();
  stops.push(mail.close);
  const wires = new Set<Socket>();
  let opened = 0;
  const server = createServer((near) => {
    opened += 1;
    const far = connect(Number(new URL(mail.url).port), '127.0.0.1');
    for (const one of [near, far]) wires.add(one.on('error', () => undefined));
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const lane = createMailLane(
    { url: `smtp://127.0.0.1:${port}`, from: 'status@example.org' },
    { stageMs: 3000, mailMs: 4000, idleMs: 1000 },
  );
  stops.push(() => lane.close());
  const never = new AbortController().signal;
  return {
    mail,
    opened: () => opened,
    cut: () => {
      for (const one of wires) one.destroy();
    },
    send: (to: string, signal = never) => lane.send({ to, subject: 'News', text: 'Text' }, signal),
  };
}

it('keeps its connection, and opens another when the server has ended it meanwhile', async () => {
  const { mail, opened, cut, send } = await laneToServer();
  for (const to of ['a@example.org', 'b@example.org', 'c@example.org'])
    expect((await send(to)).outcome).toBe('delivered');
  expect(opened()).toBe(1);
  cut();
  expect((await send('d@example.org')).outcome).toBe('delivered');
  expect(opened()).toBe(2);
  expect(mail.received.map(({ to }) => to[0])).toEqual(['a', 'b', 'c', 'd']);
});

it('keeps its connection when an address is refused for good', async () => {
  const { mail, opened, send } = await laneToServer();
  mail.behaviour.refuse = 550;
  expect(await send('a@example.org')).toMatchObject({ outcome: 'failed', permanent: true, maybeSent: false });
  delete mail.behaviour.refuse;
  expect((await send('b@example.org')).outcome).toBe('delivered');
  expect(opened()).toBe(1);
});

it('tries once more over a new connection when the server has had enough of the old one', async () => {
  const { mail, opened, send } = await laneToServer();
  expect((await send('a@example.org')).outcome).toBe('delivered');
  for (const [status, connections] of [
    [452, 2],
    [503, 3],
  ] as const) {
    mail.behaviour.refuse = status;
    mail.behaviour.onAddressed = () => setImmediate(() => delete mail.behaviour.refuse);
    expect((await send('b@example.org')).outcome).toBe('delivered');
    expect(opened()).toBe(connections);
  }
});

it('leaves a passing refusal of a new connection to whoever asked', async () => {
  const { mail, opened, send } = await laneToServer();
  mail.behaviour.refuse = 452;
  expect(await send('a@example.org')).toMatchObject({
    outcome: 'failed',
    permanent: false,
    maybeSent: false,
  });
  expect(opened()).toBe(1);
});

it('does not keep a connection that nothing is sent over', async () => {
  const { mail, send } = await laneToServer();
  expect((await send('a@example.org')).outcome).toBe('delivered');
  await mail.idle();
  expect((await send('b@example.org')).outcome).toBe('delivered');
});

it('says that a mail may be out when the text was given and no answer came, and sends it no second time', async () => {
  const { mail, cut, send } = await laneToServer();
  expect((await send('a@example.org')).outcome).toBe('delivered');
  mail.behaviour.silent = true;
  mail.behaviour.onTaken = cut;
  expect(await send('b@example.org')).toMatchObject({ outcome: 'failed', permanent: false, maybeSent: true });
  expect(mail.received.map(({ to }) => to[0])).toEqual(['a', 'b']);
});

it('ends an attempt when it is told to', async () => {
  const { mail, send } = await laneToServer();
  mail.behaviour.silent = true;
  const told = new AbortController();
  mail.behaviour.onTaken = () => told.abort();
  expect(await send('a@example.org', told.signal)).toMatchObject({ outcome: 'failed', maybeSent: true });
});
