// Records fixtures/<app>/traffic.har (HAR 1.2) from the running application:
//
//   node .tasks/record-fixture.mjs express-notes
//
// The requests are those of fixtures/<app>/traffic.scenario.mjs, sent one after the other; redirects are not followed.
// Needs the fixture's node_modules, and a Node.js that its package.json accepts (this one, $NODE22, or `node` on PATH).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The origin every recorded address carries, whatever port the application had. */
const ORIGIN = 'http://127.0.0.1:3000';
const REPLY_TIMEOUT_MS = 15_000;

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));

function fail(message) {
  console.error(message);
  process.exit(1);
}

function numbers(version) {
  return version
    .replace(/^[^\d]*/, '')
    .split('.')
    .map(Number);
}

function atLeast(version, floor) {
  const [a, b] = [numbers(version), numbers(floor)];
  for (let i = 0; i < 3; i += 1) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) return (a[i] ?? 0) > (b[i] ?? 0);
  }
  return true;
}

/** The first Node.js that satisfies `engines.node` of the fixture (only the `>=` form is understood). */
function findNode(floor) {
  for (const candidate of [process.execPath, process.env.NODE22, 'node']) {
    if (!candidate) continue;
    const probe = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
    if (probe.status === 0 && atLeast(probe.stdout.trim(), floor)) return candidate;
  }
  return fail(`no Node.js ${floor} found: set NODE22 to the path of its binary`);
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function start(dir, pkg) {
  const port = await freePort();
  const uploads = mkdtempSync(join(tmpdir(), 'record-fixture-'));
  const child = spawn(findNode(pkg.engines.node), [pkg.main], {
    cwd: dir,
    env: { ...process.env, PORT: String(port), UPLOAD_DIR: uploads },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
    rmSync(uploads, { recursive: true, force: true });
  };

  for (let tries = 0; tries < 100; tries += 1) {
    if (child.exitCode !== null) fail(`${pkg.name} ended with code ${child.exitCode} before it listened`);
    const open = await new Promise((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('connect', () => socket.end());
    });
    if (open) return { port, stop };
    await sleep(100);
  }
  await stop();
  return fail(`${pkg.name} did not listen within 10 s`);
}

const pairs = (raw) => {
  const headers = [];
  for (let i = 0; i < raw.length; i += 2) headers.push({ name: raw[i], value: raw[i + 1] });
  return headers;
};

const headerValue = (headers, name) => headers.find((header) => header.name.toLowerCase() === name)?.value;

function queryString(path) {
  const at = path.indexOf('?');
  if (at < 0) return [];
  return [...new URLSearchParams(path.slice(at + 1))].map(([name, value]) => ({ name, value }));
}

function requestCookies(headers) {
  const line = headerValue(headers, 'cookie');
  if (!line) return [];
  return line.split('; ').map((pair) => {
    const at = pair.indexOf('=');
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
}

function responseCookies(headers) {
  const lines = headers.filter((header) => header.name.toLowerCase() === 'set-cookie');
  return lines.map(({ value: line }) => {
    const [pair, ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), httpOnly: false, secure: false };
    for (const attribute of attributes) {
      const [key, value] = attribute.split('=');
      if (/^path$/i.test(key)) cookie.path = value;
      if (/^domain$/i.test(key)) cookie.domain = value;
      if (/^expires$/i.test(key)) cookie.expires = new Date(value).toISOString();
      if (/^samesite$/i.test(key)) cookie.sameSite = value;
      if (/^httponly$/i.test(key)) cookie.httpOnly = true;
      if (/^secure$/i.test(key)) cookie.secure = true;
    }
    return cookie;
  });
}

/** UTF-8 text as it is; any other bytes as base64, said in the field `encodingField`. */
function encode(bytes, encodingField) {
  const text = bytes.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\u0000')) return { text };
  return { text: bytes.toString('base64'), [encodingField]: 'base64' };
}

/** Turns the convenience fields `json`, `form` and `multipart` of a scenario's request into headers and bytes. */
function bodyOf({ json, form, multipart, body, headers = {} }) {
  if (json !== undefined) {
    return {
      bytes: Buffer.from(JSON.stringify(json)),
      headers: { 'Content-Type': 'application/json', ...headers },
    };
  }
  if (form !== undefined) {
    const type = 'application/x-www-form-urlencoded';
    return { bytes: Buffer.from(form), headers: { 'Content-Type': type, ...headers } };
  }
  if (multipart !== undefined) {
    const boundary = '----FixtureBoundary7MA4YWxkTrZu0gW';
    const chunks = [];
    for (const part of multipart) {
      const file = part.filename === undefined ? '' : `; filename="${part.filename}"`;
      const type = part.type === undefined ? '' : `Content-Type: ${part.type}\r\n`;
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${file}\r\n${type}\r\n`;
      chunks.push(Buffer.from(head), Buffer.from(part.value), Buffer.from('\r\n'));
    }
    chunks.push(Buffer.from(`--${boundary}--\r\n`));
    return {
      bytes: Buffer.concat(chunks),
      headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}`, ...headers },
    };
  }
  return { bytes: body === undefined ? undefined : Buffer.from(body), headers };
}

function exchange(port, agent, method, path, headers, bytes) {
  return new Promise((resolve, reject) => {
    const startedDateTime = new Date().toISOString();
    const started = performance.now();
    const request = http.request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
      const answered = performance.now();
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          startedDateTime,
          wait: answered - started,
          receive: performance.now() - answered,
          sent: request.getRawHeaderNames().flatMap((name) => [name, String(request.getHeader(name))]),
          response,
          body: Buffer.concat(chunks),
        });
      });
    });
    request.setTimeout(REPLY_TIMEOUT_MS, () => request.destroy(new Error(`${method} ${path} did not end`)));
    request.on('error', reject);
    request.end(bytes);
  });
}

function entry(live, { method, path, comment, bytes, origin }) {
  const here = (text) =>
    text.replaceAll(origin, ORIGIN).replaceAll(new URL(origin).host, new URL(ORIGIN).host);
  const rewrite = (headers) => headers.map(({ name, value }) => ({ name, value: here(value) }));
  const { response } = live;
  const sent = rewrite(pairs(live.sent));
  const received = rewrite(pairs(response.rawHeaders));
  const round = (ms) => Math.round(ms * 1000) / 1000;

  const request = {
    method,
    url: ORIGIN + path,
    httpVersion: 'HTTP/1.1',
    cookies: requestCookies(sent),
    headers: sent,
    queryString: queryString(path),
    headersSize: -1,
    bodySize: bytes?.length ?? 0,
  };
  if (bytes) {
    // HAR 1.2 has no encoding for what is posted: `_encoding` is ours, with the meaning of `content.encoding`.
    request.postData = {
      mimeType: headerValue(sent, 'content-type') ?? '',
      params: [],
      ...encode(bytes, '_encoding'),
    };
  }
  const content = { size: live.body.length, mimeType: headerValue(received, 'content-type') ?? '' };
  if (live.body.length > 0) Object.assign(content, encode(live.body, 'encoding'));

  return {
    startedDateTime: live.startedDateTime,
    time: round(live.wait + live.receive),
    request,
    response: {
      status: response.statusCode,
      statusText: response.statusMessage,
      httpVersion: `HTTP/${response.httpVersion}`,
      cookies: responseCookies(received),
      headers: received,
      content,
      redirectURL: headerValue(received, 'location') ?? '',
      headersSize: -1,
      bodySize: live.body.length,
    },
    cache: {},
    timings: {
      blocked: -1,
      dns: -1,
      connect: -1,
      ssl: -1,
      send: 0,
      wait: round(live.wait),
      receive: round(live.receive),
    },
    comment,
  };
}

const name = process.argv[2];
const dir = join(fixtures, name ?? '');
if (!name || !existsSync(join(dir, 'traffic.scenario.mjs')))
  fail('usage: node .tasks/record-fixture.mjs <fixture>');
if (!existsSync(join(dir, 'node_modules')))
  fail(`fixtures/${name} has no node_modules: run npm install there first`);

const pkg = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
const { default: scenario } = await import(pathToFileURL(join(dir, 'traffic.scenario.mjs')).href);
const { port, stop } = await start(dir, pkg);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const entries = [];

/**
 * Sends one request and records it.
 * @param {string} comment what the exchange shows
 * @param {{method?: string, path: string, headers?: object, json?: unknown, form?: string, multipart?: object[],
 *   body?: string | Buffer, expect?: number}} request `expect` (200) is the status without which recording stops
 */
async function send(comment, request) {
  const { method = 'GET', path, expect = 200 } = request;
  const { bytes, headers } = bodyOf(request);
  const all = { Host: `127.0.0.1:${port}`, 'User-Agent': 'fixture-traffic/1.0', Accept: '*/*', ...headers };
  if (bytes) all['Content-Length'] = bytes.length;
  const live = await exchange(port, agent, method, path, all, bytes);
  const { statusCode: status, headers: received } = live.response;
  if (status !== expect) {
    throw new Error(`${method} ${path} (${comment}): ${status}, expected ${expect}\n${live.body.toString()}`);
  }
  entries.push(entry(live, { method, path, comment, bytes, origin: `http://127.0.0.1:${port}` }));
  return { status, headers: received, body: live.body, json: () => JSON.parse(live.body.toString()) };
}

try {
  await scenario(send);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  agent.destroy();
  await stop();
}
if (!process.exitCode) {
  const creator = { name: 'record-fixture', version: '1.0.0' };
  const har = { log: { version: '1.2', creator, pages: [], entries } };
  writeFileSync(join(dir, 'traffic.har'), `${JSON.stringify(har, null, 2)}\n`);
  console.log(`fixtures/${name}/traffic.har: ${entries.length} exchanges`);
}
