import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcp, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readTraffic } from '../index.ts';
import { openLog } from '../log/writer.ts';
import { type Recording, type RecordOptions, startRecording } from './index.ts';

let state: string;
let closing: (() => Promise<unknown> | unknown)[];

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'record-test-'));
  closing = [];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
  rmSync(state, { recursive: true, force: true });
});

async function listen(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function record(upstream: string, options: Partial<RecordOptions> = {}): Promise<Recording> {
  const recording = await startRecording(state, {
    ...{ upstream, port: 0, name: 'r', maxBody: 1024 * 1024, syncMs: 5 },
    ...options,
  });
  closing.push(() => recording.close(0));
  return recording;
}

const read = async (recording: Recording) => {
  await recording.close(200);
  closing.pop();
  return readTraffic(recording.folder, { state, env: {} });
};

/** Sends bytes and gives back everything that comes until the connection ends or `until` is seen. */
function raw(port: number, bytes: string, until?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let seen = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
      if (until !== undefined && seen.includes(until)) socket.destroy();
    });
    socket.on('close', () => resolve(seen));
    socket.on('error', reject);
  });
}

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );

describe('what passes the proxy is unchanged', () => {
  it('bytes of requests and answers are those of a direct connection: header case, order, duplicates', async () => {
    const ANSWER =
      'HTTP/1.1 203 Mostly Fine\r\nx-Odd-CASE: 1\r\nSet-Cookie: a=1\r\nDate: never\r\nset-cookie: b=2\r\nX-odd-case: 2\r\nContent-Length: 2\r\n\r\nok';
    let got = '';
    const app = await listen(
      createTcp((socket) => {
        socket.on('data', (chunk) => {
          got += chunk.toString('latin1');
          if (got.endsWith('body')) socket.write(ANSWER);
        });
        socket.on('error', () => {});
      }),
    );
    const recording = await record(app);
    const REQUEST =
      'POST /a%2fb/../c?x=%zz&x=2 HTTP/1.1\r\nhOST: me:80\r\nX-B: 2\r\nx-a: 1\r\nX-B: 3\r\nContent-Length: 4\r\n\r\nbody';
    const answer = await raw(recording.port, REQUEST, '\r\n\r\nok');
    expect(answer).toBe(ANSWER);
    // Repeated names that do not stand together make Node add a Connection header of its own.
    expect(got.replace('Connection: keep-alive\r\n', '')).toBe(REQUEST);
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.request.headers.map(([name]) => name)).toEqual([
      'hOST',
      'X-B',
      'x-a',
      'X-B',
      'Content-Length',
    ]);
    expect(exchanges[0]?.response).toMatchObject({ status: 203, reason: 'Mostly Fine', ending: 'complete' });
  });

  it('no header is added where none is repeated', async () => {
    let got = '';
    const app = await listen(
      createTcp((socket) => {
        socket.on('data', (chunk) => {
          got += chunk.toString('latin1');
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
        });
        socket.on('error', () => {});
      }),
    );
    const recording = await record(app);
    const REQUEST = 'POST /empty HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nX-A: 2\r\naccept: */*\r\n\r\n';
    await raw(recording.port, REQUEST, '\r\n\r\n');
    expect(got).toBe(REQUEST);
  });

  it('an event stream is not held back, and hanging up stops the work behind it', async () => {
    let stopped: () => void = () => {};
    const stop = new Promise<void>((resolve) => {
      stopped = resolve;
    });
    const app = await listen(
      createServer((_req, res) => {
        res.writeHead(200, { 'Content-Type': 'text/event-stream' });
        res.write('data: 1\n\n');
        res.on('close', stopped);
      }),
    );
    const recording = await record(app);
    const seen = await raw(recording.port, 'GET /events HTTP/1.1\r\nHost: x\r\n\r\n', 'data: 1\n\n');
    expect(seen).toContain('data: 1');
    await stop;
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.response).toMatchObject({ status: 200, ending: 'aborted', size: 9 });
  });

  it('an answer the application cuts off is cut off for the client, and recorded as such', async () => {
    const app = await listen(
      createServer((_req, res) => {
        res.writeHead(200, { 'Content-Length': 100 });
        res.write('half');
        setTimeout(() => res.destroy(), 20);
      }),
    );
    const recording = await record(app);
    expect(await raw(recording.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/half$/);
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.response).toMatchObject({ ending: 'truncated', size: 4 });
    expect(recording.counts).toMatchObject({ passed: 1, recorded: 1, truncated: 1 });
  });

  it('what follows an upgrade passes in both directions; what is no frame is not kept, and said', async () => {
    const server = createServer();
    server.on('upgrade', (_req, socket, early) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.write(`echo ${early}`);
      socket.on('data', (chunk) => socket.write(`echo ${chunk}`));
      socket.on('error', () => {});
    });
    const recording = await record(await listen(server));
    const head = 'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
    expect(await raw(recording.port, `${head}hello`, 'echo hello')).toContain('101 Switching');
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.response).toMatchObject({ status: 101, transcript: { messages: [] } });
    expect(exchanges[0]?.response?.transcript?.lost).toBeDefined();
  });

  it('an application that is not there is a 502 for the client and a counted failure', async () => {
    const gone = await listen(createServer());
    await closing.pop()?.();
    const recording = await record(gone);
    const { statusCode } = await request(`http://127.0.0.1:${recording.port}/`);
    expect(statusCode).toBe(502);
    const { exchanges } = await read(recording);
    expect(exchanges[0]?.response).toBeNull();
    expect(recording.counts.failed).toBe(1);
  });
});

describe('what cannot be kept is counted', () => {
  it('a body over the cap passes whole and is marked; such a request is not replayed', async () => {
    const app = await listen(createServer((req, res) => req.pipe(res)));
    const recording = await record(app, { maxBody: 1000 });
    const { body } = await request(`http://127.0.0.1:${recording.port}/`, {
      method: 'POST',
      body: 'x'.repeat(5000),
    });
    expect(await body.text()).toHaveLength(5000);
    const { exchanges, warnings } = await read(recording);
    expect(exchanges[0]).toMatchObject({
      withheld: 'its body was longer than --max-body and was not kept',
      response: { ending: 'capped', size: 5000 },
    });
    expect(warnings.join()).toContain('2 bodies were longer than --max-body');
  });

  it('a full disk stops the recording, not the proxy', async () => {
    const reasons: string[] = [];
    const log = await openLog(join(state, 'full'), {
      stopped: (reason) => reasons.push(reason),
      write: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })),
    });
    const one = {
      record: {
        ...{ type: 'exchange' as const, seq: 1, sentAt: 0, session: 's', response: null },
        request: {
          ...{ method: 'GET', origin: 'http://x', path: '/', headers: [], body: null, size: 0 },
          ...{ complete: true, marks: [] },
        },
      },
      ...{ requestBody: null, responseBody: null },
    };
    expect(log.add(one)).toBe(true);
    await log.flush();
    expect(reasons).toEqual(['the disk is full']);
    expect(log.add(one)).toBe(false);
    expect(log.written).toBe(0);
    await log.close();
    expect(statSync(join(state, 'full/000001.log')).size).toBe(0);
  });

  it('a torn tail is cut and counted, and the recording goes on after the last whole exchange', async () => {
    const app = await listen(createServer((_req, res) => res.end('ok')));
    const first = await record(app);
    for (const path of ['/1', '/2'])
      await (await request(`http://127.0.0.1:${first.port}${path}`)).body.dump();
    await read(first);
    const segment = join(first.folder, '000001.log');
    const whole = readFileSync(segment);
    writeFileSync(segment, Buffer.concat([whole, Buffer.from([90, 0, 0, 0, 1, 2, 3, 4, 5])]));
    expect((await readTraffic(first.folder)).warnings.join()).toContain('9 bytes at its end are torn');
    const second = await record(app);
    expect(second).toMatchObject({ continuesAfter: 2, cutBytes: 9 });
    await (await request(`http://127.0.0.1:${second.port}/3`)).body.dump();
    const { exchanges, warnings } = await read(second);
    expect(exchanges.map((one) => one.request.path)).toEqual(['/1', '/2', '/3']);
    expect(warnings).toEqual([]);
  });

  it('a record that is damaged on the disk is left out and counted; a damaged body is refused, not replayed', async () => {
    const app = await listen(createServer((req, res) => res.end(`answer to ${req.url}`)));
    const recording = await record(app);
    for (const path of ['/1', '/2'])
      await (await request(`http://127.0.0.1:${recording.port}${path}`)).body.dump();
    await read(recording);
    const flip = (name: string, at: number) => {
      const bytes = readFileSync(join(recording.folder, name));
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(join(recording.folder, name), bytes);
    };
    flip('000001.log', 40);
    const { exchanges, warnings } = await readTraffic(recording.folder);
    expect(exchanges.map((one) => one.request.path)).toEqual(['/2']);
    expect(warnings.join()).toContain('1 records are damaged and left out');
    flip('000001.bodies', statSync(join(recording.folder, '000001.bodies')).size - 1);
    expect(() => exchanges[0]?.response?.body).toThrow(/A body of the recording is not what was written/);
  });

  it('two recorders do not write to one recording', async () => {
    const app = await listen(createServer());
    await record(app);
    await expect(record(app)).rejects.toThrow(/is being written by process/);
  });
});

describe('secrets', () => {
  const SECRETS = Array.from({ length: 20 }, (_, i) => `pl4nted-S3cret-${String(i).padStart(2, '0')}-x`);
  const s = (i: number) => SECRETS[i] ?? '';

  it('twenty planted in every place are in no file under .migrate, and equal ones keep equal tags', async () => {
    const app = await listen(
      createServer((req, res) => {
        req.resume();
        if (req.url === '/login') {
          res.setHeader('Set-Cookie', [`sid=${s(0)}; Path=/; HttpOnly`, `theme=dark`]);
          res.setHeader('X-Auth-Token', s(1));
          res.setHeader('Location', `/next?access_token=${s(2)}&page=2`);
          return res.end(JSON.stringify({ token: s(3), nested: { apiKey: [s(4)], name: 'ann' }, pin: 1234 }));
        }
        if (req.url === '/gzip') {
          res.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
          return res.end(
            gzipSync(JSON.stringify({ refresh_token: s(5), big: 12345678901234567890n.toString() })),
          );
        }
        if (req.url === '/events') {
          res.writeHead(200, { 'Content-Type': 'text/event-stream' });
          return res.end(`data: {"secret": "${s(6)}"}\n\n`);
        }
        if (req.url === '/page') {
          res.writeHead(200, { 'Content-Type': 'text/html' });
          return res.end(
            `<input type=hidden value="${s(7)}" name="_csrf"><meta name="csrf-token" content="${s(8)}"><a href="/x?sig=1&api_key=${s(9)}">you said ${s(10)}</a><script>var cfg={password:'${s(11)}'}</script>`,
          );
        }
        res.end('ok');
      }),
    );
    const recording = await record(app);
    const ask = async (path: string, init: Parameters<typeof request>[1] = {}) => {
      const { body } = await request(`http://127.0.0.1:${recording.port}${path}`, init);
      return body.text();
    };
    const json = { 'content-type': 'application/json' };
    await ask('/login', {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ user: 'ann', password: s(10) }),
    });
    await ask('/gzip', { headers: { authorization: `Bearer ${s(3)}`, cookie: `sid=${s(0)}; theme=dark` } });
    await ask('/events', {
      headers: { authorization: `Basic ${Buffer.from(`ann:${s(12)}`).toString('base64')}` },
    });
    await ask('/page', { headers: { 'x-api-key': s(13), referer: `https://u:${s(14)}@h/?token=${s(15)}` } });
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await ask(`/form?session_id=${s(16)}`, {
      method: 'POST',
      headers: form,
      body: `user[password]=${s(17)}&a=b`,
    });
    const multipart = { 'content-type': 'multipart/form-data; boundary=xx' };
    const part = `--xx\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${s(18)}\r\n--xx--\r\n`;
    await ask('/multi', { method: 'POST', headers: multipart, body: part });
    await ask(`/echo/${s(3)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/xml' },
      body: `<password>${s(19)}</password>`,
    });
    const { exchanges, warnings } = await read(recording);

    for (const file of files(state)) {
      const bytes = readFileSync(file);
      for (const secret of SECRETS) {
        expect(bytes.includes(secret), `${secret} in ${file}`).toBe(false);
        expect(bytes.includes(Buffer.from(`ann:${secret}`).toString('base64'))).toBe(false);
      }
    }
    const text = (i: number) => Buffer.from(exchanges[i]?.response?.body ?? []).toString();
    const header = (i: number, name: string) =>
      exchanges[i]?.request.headers.find(([key]) => key.toLowerCase() === name)?.[1];
    const login = JSON.parse(text(0));
    expect(login).toMatchObject({
      token: expect.stringMatching(/^REDACTED-[0-9a-f]{24}$/),
      nested: { name: 'ann' },
    });
    expect(typeof login.pin).toBe('number');
    expect(header(1, 'authorization')).toBe(`Bearer ${login.token}`);
    expect(exchanges[6]?.request.path).toBe(`/echo/${login.token}`);
    const unzipped = gunzipSync(exchanges[1]?.response?.body ?? Buffer.alloc(0)).toString();
    expect(unzipped).toMatch(/^\{"refresh_token":"REDACTED-\w+","big":"12345678901234567890"\}$/);
    expect(text(3)).toContain('<a href="/x?sig=1&api_key=REDACTED-');
    expect(new Set(exchanges.slice(0, 2).map(({ session }) => session)).size).toBe(1);

    expect(exchanges[0]?.withheld).toBe('a secret it needs was replaced when it was recorded (body)');
    expect(warnings.join()).toContain('"restore" in .migrate/redact.yaml');
    expect(statSync(join(state, 'redaction.key')).mode & 0o777).toBe(0o600);
  });

  it('a secret that the environment holds is put back where it stood, and what it opens is replayed', async () => {
    const app = await listen(
      createServer((req, res) => res.end(req.url === '/login' ? '{"token":"t0ken-of-this-run"}' : 'ok')),
    );
    const recording = await record(app);
    const send = async (path: string, init: Parameters<typeof request>[1]) =>
      (await request(`http://127.0.0.1:${recording.port}${path}`, init)).body.dump();
    const body = JSON.stringify({ user: 'ann', password: 'say "friend"' });
    await send('/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await send('/me', { headers: { authorization: 'Bearer t0ken-of-this-run' } });
    const without = await read(recording);
    expect(without.exchanges.map(({ withheld }) => withheld !== undefined)).toEqual([true, true]);
    writeFileSync(join(state, 'redact.yaml'), 'restore: [MY_PASSWORD]\n');
    const { exchanges } = await readTraffic(recording.folder, {
      state,
      env: { MY_PASSWORD: 'say "friend"' },
    });
    expect(exchanges.map(({ withheld }) => withheld)).toEqual([undefined, undefined]);
    expect(Buffer.from(exchanges[0]?.request.body ?? []).toString()).toBe(body);
  });

  it('redact.yaml adds names, headers and patterns; one that is not understood is refused', async () => {
    const app = await listen(
      createServer((_req, res) => res.end('{"internalRef":"r-77-secret","token":"plain-token"}')),
    );
    writeFileSync(
      join(state, 'redact.yaml'),
      'fields: [internal_ref]\nheaders: [x-tenant]\nkeep: [token]\npatterns: ["acct_[a-z0-9]+"]\n',
    );
    const recording = await record(app);
    await (
      await request(`http://127.0.0.1:${recording.port}/acct_99`, { headers: { 'x-tenant': 'blue' } })
    ).body.dump();
    const { exchanges } = await read(recording);
    expect(Buffer.from(exchanges[0]?.response?.body ?? []).toString()).toMatch(
      /^\{"internalRef":"REDACTED-\w+","token":"plain-token"\}$/,
    );
    expect(exchanges[0]?.request.path).toMatch(/^\/REDACTED-/);
    writeFileSync(join(state, 'redact.yaml'), 'fileds: [a]\n');
    await expect(record(app)).rejects.toThrow(/redact\.yaml is not understood/);
  });
});
