import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { readTraffic } from '../index.ts';
import { listen, read, record, state, stateForEach } from './__fixtures__/recording.ts';

stateForEach();

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  );

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
