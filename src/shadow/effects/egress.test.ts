import { createServer, get, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcp } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { type Egress, startEgress } from './egress.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function upstream(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server: Server = createServer(answer as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function started(): Promise<Egress> {
  const egress = await startEgress();
  closing.push(() => egress.close());
  for (const port of Object.values(egress.ports)) port.began(1);
  return egress;
}

/** A call in absolute form, as clients of a proxy make it. */
function call(proxy: string, url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(proxy);
    get({ host: hostname, port, path: url, agent: false }, async (res) => {
      let text = `${res.statusCode} `;
      for await (const chunk of res) text += chunk;
      resolve(text);
    }).on('error', reject);
  });
}

it('the old side goes first when another side asks for what is not recorded yet', async () => {
  const egress = await started();
  let calls = 0;
  const url = await upstream((_req, res) => res.end(`answer ${++calls}`));
  egress.onMissing(() => call(egress.ports.old.url, `${url}/a`));
  expect(await call(egress.ports.new.url, `${url}/a`)).toBe('200 answer 1');
  expect(await call(egress.ports.again.url, `${url}/a`)).toBe('200 answer 1');
  expect(calls).toBe(1);
  expect(egress.ports.new.calls().map(({ place }) => place)).toEqual([`GET ${url}/a`]);
});

it('a call the old side never makes does not go out', async () => {
  const egress = await started();
  let calls = 0;
  const url = await upstream((_req, res) => res.end(`answer ${++calls}`));
  expect(await call(egress.ports.new.url, `${url}/pay`)).toContain('502 the old side made no such call');
  expect(calls).toBe(0);
});

it.each([['api.example'], ['api.example:8080']])(
  'a client that puts the port of the proxy into the address is taken at its Host field: %s',
  async (host) => {
    const egress = await started();
    const { hostname, port } = new URL(egress.ports.old.url);
    const path = `http://api.example:${port}/a`;
    await new Promise<void>((resolve) => {
      get({ host: hostname, port, path, headers: { host }, agent: false }, (res) => {
        res.resume().on('end', resolve);
      });
    });
    expect(egress.ports.old.calls().map(({ place }) => place)).toEqual([`GET http://${host}/a`]);
  },
);

it('an answer from memory comes as late as the real one', async () => {
  const egress = await started();
  const url = await upstream((_req, res) => setTimeout(() => res.end('slow'), 200));
  await call(egress.ports.old.url, url);
  const at = performance.now();
  expect(await call(egress.ports.new.url, url)).toBe('200 slow');
  expect(performance.now() - at).toBeGreaterThan(190);
});

it('a tunnel for TLS is passed through, counted by host, and not looked into', async () => {
  const egress = await started();
  const far = createTcp((socket) => {
    socket.on('error', () => {});
    socket.on('data', (chunk) => socket.write(`echo ${chunk.length}`));
  });
  await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
  closing.push(() => far.close());
  const target = `127.0.0.1:${(far.address() as AddressInfo).port}`;
  const socket = connect(Number(new URL(egress.ports.old.url).port), '127.0.0.1');
  let seen = '';
  socket.on('data', (chunk) => (seen += chunk));
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  while (!seen.includes('\r\n\r\n')) await sleep(5);
  socket.write(Buffer.from([22, 3, 1, 0]));
  while (!seen.includes('echo 4')) await sleep(5);
  socket.destroy();
  expect([...egress.ports.old.tunnels()]).toEqual([[target, 1]]);
  expect(egress.ports.old.calls()).toEqual([]);
});

it('a further run of the same sides makes no call again that has its answer', async () => {
  let calls = 0;
  const url = await upstream((_req, res) => res.end(`answer ${++calls}`));
  const first = await started();
  await call(first.ports.old.url, url);
  const second = await startEgress(first.book);
  closing.push(() => second.close());
  expect(await call(second.ports.old.url, url)).toBe('200 answer 1');
  expect(await call(second.ports.old.url, `${url}/other`)).toBe('200 answer 2');
});
