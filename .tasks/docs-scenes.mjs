// What blocks of the documentation need beside the fixture: a small application that keeps notes in files and sends a
// mail for each, with a new side that forgets one; the server the mails go to; somebody who uses an application while it
// is recorded. Ports are fixed, because they stand in the output.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cli, cloneBeside, commit, environment, installApp } from './application.mjs';

const MAIL_PORT = 4999;
const APP_PORT = 3987;

const app = (mails) => `const { createServer } = require('node:http');
const { mkdirSync, readdirSync, writeFileSync } = require('node:fs');
mkdirSync('stored', { recursive: true });
createServer(async (req, res) => {
  let text = '';
  for await (const chunk of req) text += chunk;
  if (req.method === 'POST') {
    const name = 'stored/' + (readdirSync('stored').length + 1) + '.txt';
    writeFileSync(name, text);
    if (${mails}) await fetch('http://127.0.0.1:${MAIL_PORT}/send', { method: 'POST', body: text });
    res.statusCode = 201;
  }
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ notes: readdirSync('stored').length }));
}).listen(process.env.PORT, '127.0.0.1');
`;

/** Writes the small application into `folder`: `old`, `new`, `state` and `traffic.har`. */
export function writeSmall(folder) {
  const put = (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const pkg = JSON.stringify({ name: 'small', main: 'app.js' });
  for (const [side, mails] of [
    ['old', 'true'],
    ['new', 'text.length > 5'],
  ]) {
    put(`${side}/package.json`, pkg);
    put(`${side}/app.js`, app(mails));
    put(`${side}/seed.js`, `require('node:fs').writeFileSync('seed.txt', String(Math.random()));\n`);
  }
  put('state/stored/1.txt', 'a note from before');
  const entry = (method, text) => ({
    request: {
      ...{
        method,
        url: 'http://127.0.0.1:3000/notes',
        headers: [{ name: 'Content-Type', value: 'text/plain' }],
      },
      ...(text && { postData: { mimeType: 'text/plain', text } }),
    },
    response: { status: method === 'GET' ? 200 : 201, headers: [], content: {} },
  });
  const entries = [entry('GET'), entry('POST', 'a long note'), entry('POST', 'short')];
  put('traffic.har', JSON.stringify({ log: { version: '1.2', entries } }));
}

/** A converted copy of the application beside it, committed and installed. @returns its folder and the last change set */
function convert(original, suffix, ...codemods) {
  const folder = cloneBeside(original, suffix);
  let changes = '';
  for (const args of codemods) {
    const done = spawnSync(process.execPath, [cli, 'codemod', 'run', ...args, '--write', '--json'], {
      ...{ cwd: folder, encoding: 'utf8', env: environment, maxBuffer: 1e8 },
    });
    if (done.status !== 0) throw new Error(done.stderr);
    changes = done.stdout;
    commit(folder, args[0]);
  }
  installApp(folder);
  commit(folder, 'Packages');
  return { folder, changes };
}

/** A clone whose steps are carried out: commits are made in it as its user would make them. */
export function forSteps(original) {
  const folder = cloneBeside(original, 'steps');
  for (const [key, value] of [
    ['user.name', 'Ada'],
    ['user.email', 'ada@example.com'],
    ['commit.gpgsign', 'false'],
  ])
    spawnSync('git', ['config', key, value], { cwd: folder });
  installApp(folder);
  return folder;
}

export const convertToHono = (original) =>
  convert(original, 'hono-again', ['express-to-hono', '--parity', 'wire']).folder;

/** The application on Workers with its uploads in a bucket, and `limits.json`: what cannot run there. */
export function convertToWorkers(original, suffix) {
  const toHono = ['express-to-hono', '--parity', 'wire', '--target', 'workers'];
  const { folder, changes } = convert(original, suffix, toHono, ['fs-to-r2']);
  writeFileSync(join(folder, 'limits.json'), changes);
  commit(folder, 'What cannot run on Workers');
  return folder;
}

/** Makes the storage of such a copy forget to delete: a fault that no answer shows. */
export function forgetDeletions(folder) {
  const path = join(folder, 'src', 'file-storage.js');
  const text = readFileSync(path, 'utf8');
  const faulty = text.replace(/^ *await bucket\.delete\(key\);\n/m, '');
  if (faulty === text) throw new Error(`${path} deletes in another way than before`);
  writeFileSync(path, faulty);
  commit(folder, 'A fault');
  return folder;
}

/** Starts the server for mails as a process of its own: the documentation waits for each command. */
export function startMail() {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'mail'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { ready: new Promise((resolve) => child.stdout.once('data', resolve)), stop: () => child.kill() };
}

/** Runs `migrate record` in front of the fixture's application while somebody logs in. */
async function record(cli, args) {
  const server = spawn(process.execPath, ['src/server.js'], {
    ...{ env: { ...process.env, PORT: String(APP_PORT) }, stdio: 'ignore' },
  });
  const proxy = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const says = new Promise((resolve) => proxy.stderr.once('data', resolve));
  proxy.stdout.pipe(process.stdout);
  proxy.stderr.pipe(process.stdout);
  try {
    const up = (port) =>
      fetch(`http://127.0.0.1:${port}/healthz`)
        .then((res) => res.ok)
        .catch(() => false);
    while (!(await up(APP_PORT))) await sleep(100);
    await says;
    const port = args[args.indexOf('--port') + 1];
    const { log } = JSON.parse(readFileSync('traffic.har', 'utf8'));
    for (const { request } of log.entries.slice(24, 36)) {
      const { pathname, search } = new URL(request.url);
      const headers = request.headers.filter(
        ({ name }) => !/^(host|connection|content-length|expect)$/i.test(name),
      );
      await fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
        ...{ method: request.method, redirect: 'manual' },
        headers: headers.map(({ name, value }) => [name, value]),
        body: request.postData?.text,
      }).then((res) => res.arrayBuffer());
    }
    await sleep(500);
    proxy.kill('SIGINT');
    await new Promise((resolve) => proxy.once('close', resolve));
  } finally {
    server.kill();
    proxy.kill();
  }
}

const [, script, scene, ...rest] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (scene === 'record') await record(rest[0], rest.slice(1));
  else
    createServer((req, res) => req.resume().on('end', () => res.end('sent'))).listen(
      MAIL_PORT,
      '127.0.0.1',
      () => console.log('up'),
    );
}

const HOUSE_RULES = `rules:
  - id: house-scrypt
    title: Passwords by the house's own function
    targets: [bun, deno, workers, node]
    when: [{ builtin: crypto, members: [scryptSync] }]
    severity: blocks
    message: "{{name}}.{{member}} holds the process while it works"
    remedy: hash with the function of @house/passwords
    asOf: 2026-11-29
    source: wiki/passwords
`;
const HOUSE_TESTS = `tests:
  - name: a hash that holds the process, and one that does not
    files:
      app.js: |
        import { scryptSync, scrypt } from 'node:crypto';
        scryptSync('a', 'b', 32);
        scrypt('a', 'b', 32, () => {});
    finds: { house-scrypt: [app.js:2] }
  - name: another module's function of that name
    files: { app.js: "import { scryptSync } from './own.js';\\nscryptSync();\\n" }
    finds: { house-scrypt: [] }
`;

/** A clone with a rule of its own, and the programs that test it. @returns its folder */
export function withRules(original) {
  const folder = cloneBeside(original, 'rules');
  mkdirSync(join(folder, '.migrate', 'rules'), { recursive: true });
  writeFileSync(join(folder, '.migrate', 'rules', 'house.yaml'), HOUSE_RULES);
  writeFileSync(join(folder, '.migrate', 'rules', 'house.test.yaml'), HOUSE_TESTS);
  return folder;
}
