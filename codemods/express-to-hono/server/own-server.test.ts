import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, type ResultPromise } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCodemod } from '../../../src/codemod/runner.ts';
import { parseSpec, provisionRuntime } from '../../../src/runtimes/index.ts';
import { openRepository } from '../../../src/workspace/repository.ts';
import codemod from '../index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const SERVER = `
const { Readable } = require('node:stream');
const express = require('express');

const app = express();

app.get('/', (req, res) => res.json({ agent: req.get('user-agent'), path: req.path }));
app.get('/who', (req, res) => res.send(String(req.ip).replace('::ffff:', '')));
app.get('/slow', (req, res) => setTimeout(() => res.json({ slow: true }), 400));
app.get('/lines', (req, res) => {
  res.type('text/plain');
  Readable.from(['a\\n', 'é\\n']).pipe(res);
});

const server = app.listen(process.env.PORT, () => {
  console.log(\`listening on \${server.address().port}\`);
});

process.on('SIGTERM', () => {
  server.close(() => {
    console.log('closed');
    process.exit(0);
  });
});
`;

/** How each runtime starts a file, and what its own server is called. */
const RUNTIMES = {
  node: { args: [] as string[], own: "require('@hono/node-server')" },
  bun: { args: ['run'], own: 'Bun.serve({' },
  deno: { args: ['run', '--allow-all', '--quiet'], own: 'Deno.serve({' },
};
type Name = keyof typeof RUNTIMES;

let scratch: string;
const running: ResultPromise[] = [];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'own-server-'));
});
afterAll(async () => {
  for (const each of running) each.kill('SIGKILL');
  await rm(scratch, { recursive: true, force: true });
});

/** The application in a folder of its own, as the codemod leaves it for a runtime. */
async function converted(name: Name): Promise<{ folder: string; text: string }> {
  const folder = await mkdtemp(join(scratch, `${name}-`));
  await writeFile(join(folder, 'server.js'), SERVER);
  const dependencies = { express: '4.22.3' };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ scripts: { start: 'node server.js' }, dependencies }),
  );
  const repository = await openRepository(folder);
  const changes = await runCodemod(codemod, {
    repository,
    paths: repository.files,
    options: { parity: 'idiomatic', target: name },
    signal: new AbortController().signal,
  });
  expect(changes.leftForYou).toEqual([]);
  for (const { path, newText } of changes.files)
    if (newText !== null) await writeFile(join(folder, path), newText);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return { folder, text: changes.files.find(({ path }) => path === 'server.js')?.newText ?? '' };
}

async function start(
  name: Name | 'original',
  folder: string,
  port?: number,
): Promise<{ process: ResultPromise; port: number }> {
  const spec = name === 'original' || name === 'node' ? 'node@22' : name;
  const { binary } = await provisionRuntime(await parseSpec(spec), {});
  const args = name === 'original' ? [] : RUNTIMES[name].args;
  const env = port === undefined ? {} : { PORT: String(port) };
  const process = execa(binary, [...args, 'server.js'], { cwd: folder, env, reject: false, all: true });
  running.push(process);
  return new Promise((resolve, reject) => {
    let seen = '';
    process.all?.on('data', (piece) => {
      seen += piece;
      const said = /listening on (\d+)/.exec(seen)?.[1];
      if (said !== undefined) resolve({ process, port: Number(said) });
    });
    void process.then(({ exitCode, all }) => reject(new Error(`exit ${exitCode}: ${all}`)));
  });
}

const ASKED = ['/', '/who', '/lines', '/none'];

async function answers(port: number, host = '127.0.0.1') {
  const found: unknown[] = [];
  for (const path of ASKED) {
    const response = await fetch(`http://${host}:${port}${path}`, { headers: { 'user-agent': 'test' } });
    found.push([path, response.status, path === '/none' ? '' : await response.text()]);
  }
  return found;
}

describe('an application on the server of its runtime', () => {
  let expected: unknown[];

  beforeAll(async () => {
    const folder = await mkdtemp(join(scratch, 'original-'));
    await writeFile(join(folder, 'server.js'), SERVER);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const { process, port } = await start('original', folder);
    expected = await answers(port);
    process.kill('SIGKILL');
  });

  it.each(['node', 'bun', 'deno'] as const)(
    'answers on %s as Express did on Node, and stops when it is done',
    async (name) => {
      const { folder, text: source } = await converted(name);
      expect(source).toContain(RUNTIMES[name].own);
      // No port is asked for: it is a free one, as before.
      const { process, port } = await start(name, folder);
      expect(await answers(port)).toEqual(expected);
      const who = await (await fetch(`http://[::1]:${port}/who`)).text();
      expect(who).toBe('::1');

      const slow = fetch(`http://127.0.0.1:${port}/slow`, { headers: { connection: 'close' } }).then(
        (response) => response.json(),
      );
      const idle = connect(port, '127.0.0.1');
      await new Promise((resolve) => idle.once('connect', resolve));
      await new Promise((resolve) => setTimeout(resolve, 100));
      process.kill('SIGTERM');
      expect(await slow).toEqual({ slow: true });
      idle.destroy();
      const { exitCode, all } = await process;
      expect([exitCode, all]).toEqual([0, expect.stringMatching(/listening on \d+\s+closed$/)]);
    },
  );

  it.each(['bun', 'deno'] as const)('ends on %s where the port is taken', async (name) => {
    const { folder } = await converted(name);
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, resolve));
    const { port } = taken.address() as AddressInfo;
    await expect(start(name, folder, port)).rejects.toThrow(/exit 1: (.|\n)*in use/i);
    taken.close();
  });

  it('is still the listener that tests hand to a server of Node’s', async () => {
    const folder = await mkdtemp(join(scratch, 'tested-'));
    const application = SERVER.slice(0, SERVER.indexOf('const server'));
    await writeFile(join(folder, 'app.js'), `${application}\nmodule.exports = app;\n`);
    await writeFile(join(folder, 'server.js'), "require('./app').listen(3000);\n");
    await writeFile(
      join(folder, 'app.test.js'),
      "const request = require('supertest');\nrequest(require('./app'));\n",
    );
    await writeFile(join(folder, 'package.json'), JSON.stringify({ dependencies: { express: '4.22.3' } }));
    const repository = await openRepository(folder);
    const changes = await runCodemod(codemod, {
      repository,
      paths: repository.files,
      options: { parity: 'idiomatic', target: 'bun' },
      signal: new AbortController().signal,
    });
    for (const { path, newText } of changes.files)
      if (newText !== null) await writeFile(join(folder, path), newText);
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const program = `const app = require('./app');
      const server = require('node:http').createServer(app).listen(0, '127.0.0.1', async () => {
        console.log(await (await fetch('http://127.0.0.1:' + server.address().port + '/who')).text());
        process.exit(0);
      });`;
    await writeFile(join(folder, 'try.js'), program);
    const { binary } = await provisionRuntime(await parseSpec('bun'), {});
    const { stdout } = await execa(binary, ['run', 'try.js'], { cwd: folder });
    expect(stdout).toBe('127.0.0.1');
  });
});
