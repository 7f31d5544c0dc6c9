import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { build } from 'esbuild';
import { execa } from 'execa';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
// @ts-expect-error the fixtures are plain JavaScript
import { cases } from '../__fixtures__/parity/cases.mjs';
// @ts-expect-error the fixtures are plain JavaScript
import { createExpressApp } from '../__fixtures__/parity/express-app.mjs';
// @ts-expect-error the fixtures are plain JavaScript
import { writeSite } from '../__fixtures__/parity/files.mjs';
// @ts-expect-error the fixtures are plain JavaScript
import { createHonoApp } from '../__fixtures__/parity/hono-app.mjs';
import { installParity } from '../__fixtures__/parity/install.ts';
// @ts-expect-error the fixtures are plain JavaScript
import * as settings from '../__fixtures__/parity/settings-apps.mjs';
// @ts-expect-error the fixtures are plain JavaScript
import { conversation, exchange } from '../__fixtures__/parity/wire.mjs';
import { assembleParity, parityNames } from './assemble.ts';
import { PACKAGES, SECTIONS } from './blocks.ts';
import { loadBlocks, nativeBlocks } from './loader.ts';

interface Answer {
  status: string;
  body: string;
}

interface Case {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const headerOf = (headers: string[], name: string): string =>
  headers.find((header) => header.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';

/** What tells the cases apart in a test report. */
function titleOf({ method, path, headers, body }: Case): string {
  const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const text = body === undefined ? [] : [JSON.stringify(body.toString('latin1').slice(0, 40))];
  return [method, path.slice(0, 60), ...given, ...text].join(' ');
}

/** A Latin-1 file name in Content-Disposition of a `res.send`: Node garbles it for Express. */
const KNOWN = new Set(['GET /attachment']);

const ALL: readonly [4 | 5, 'esm' | 'cjs', number][] = [
  [4, 'cjs', 1],
  [5, 'esm', 1],
  [4, 'esm', 10],
  [5, 'cjs', 10],
];

describe.each(ALL)(
  'on Hono with the parity module an Express %i application (%s)',
  (version, format, step) => {
    const folder = mkdtempSync(join(tmpdir(), `parity-${version}-`));
    const servers: Server[] = [];
    const facts: Record<string, string> = {};
    const environment = { ...process.env };

    beforeAll(async () => {
      Object.assign(process.env, { NODE_ENV: 'production', NO_DEPRECATION: 'express' });
      vi.spyOn(console, 'error').mockImplementation(() => {});
      const site = writeSite(folder);
      const express = (await import(`express${version}`)).default;
      const parity = assembleParity({
        names: parityNames(version),
        format,
        typescript: false,
        expressVersion: version,
      });
      const file = installParity(
        folder,
        `express-parity.${format === 'esm' ? 'mjs' : 'cjs'}`,
        parity,
        version,
      );
      const p = await import(pathToFileURL(file).href);
      const hono: Hono = createHonoApp({ Hono, p, version, ...site });
      servers.push(await listen(createServer(createExpressApp({ express, version, ...site }))));
      servers.push(await listen(createAdaptorServer({ fetch: hono.fetch }) as Server));
      const page = { method: 'GET', path: '/static/page.html', headers: {} };
      const answer = await exchange(portOf(servers[0] as Server), page);
      facts.etag = headerOf(answer.headers, 'etag');
      facts.date = headerOf(answer.headers, 'last-modified');
    });

    afterAll(() => {
      for (const server of servers) server.close();
      rmSync(folder, { recursive: true });
      delete process.env.NO_DEPRECATION;
      Object.assign(process.env, environment);
      vi.restoreAllMocks();
    });

    const compared = (cases as Case[])
      .map((one) => [titleOf(one), one] as const)
      .filter(([title], index) => index % step === 0 && !(version === 4 && KNOWN.has(title)));

    it.each(compared)('answers with the same bytes: %s', async (_title, one) => {
      const [expected, actual] = await Promise.all(
        servers.map((server) => exchange(portOf(server), one, facts)),
      );
      expect(actual).toEqual(expected);
    });

    it('answers requests on one connection in order, whatever became of their bodies', async () => {
      const requests = [
        'POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde',
        `POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 300\r\n\r\n${'x'.repeat(300)}`,
        'HEAD / HTTP/1.1\r\nHost: a\r\n\r\n',
        'GET /status/204 HTTP/1.1\r\nHost: a\r\n\r\n',
        'GET /file HTTP/1.1\r\nHost: a\r\nRange: bytes=0-1\r\n\r\n',
        'GET /text HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      ];
      const [expected, actual]: Answer[][] = await Promise.all(
        servers.map((server) => conversation(portOf(server), requests)),
      );
      expect(actual?.map(({ status, body }) => [status, body])).toEqual(
        expected?.map(({ status, body }) => [status, body]),
      );
      expect(expected?.at(-1)?.body).toBe('plain');
    });
  },
);

describe.each([4, 5] as const)(
  'with settings and error handlers of its own an Express %i application',
  (version) => {
    const folder = mkdtempSync(join(tmpdir(), `parity-settings-${version}-`));
    const servers: Server[] = [];

    beforeAll(async () => {
      const express = (await import(`express${version}`)).default;
      const names = parityNames(version);
      const parity = assembleParity({ names, format: 'esm', typescript: false, expressVersion: version });
      const p = await import(
        pathToFileURL(installParity(folder, 'express-parity.mjs', parity, version)).href
      );
      servers.push(await listen(createServer(settings.createExpressApp({ express, version }))));
      const hono: Hono = settings.createHonoApp({ Hono, p, version });
      servers.push(await listen(createAdaptorServer({ fetch: hono.fetch }) as Server));
    });

    afterAll(() => {
      for (const server of servers) server.close();
      rmSync(folder, { recursive: true });
    });

    const compared = (settings.cases as Case[]).map((one) => [titleOf(one), one] as const);

    it.each(compared)('answers with the same bytes: %s', async (_title, one) => {
      const [expected, actual] = await Promise.all(servers.map((server) => exchange(portOf(server), one)));
      expect(actual).toEqual(expected);
    });
  },
);

describe('assembleParity', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parity-forms-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('takes only what the named functions need', () => {
    const { text, dependencies, runtimes } = assembleParity({
      names: ['responseTime'],
      format: 'esm',
      typescript: false,
      expressVersion: 5,
    });
    expect(text.match(/^(export )?function \w+/gm)).toEqual(['export function responseTime']);
    expect(text).not.toContain('import ');
    expect(dependencies).toEqual({});
    expect(runtimes).toEqual({ responseTime: ['node', 'bun', 'deno', 'workerd'] });
  });

  it.each([4, 5] as const)('lists every block and every package of Express %i', (version) => {
    const blocks = loadBlocks(version);
    const known = new Set([...blocks.keys(), ...loadBlocks(version, nativeBlocks()).keys()]);
    expect(SECTIONS.flatMap(([, names]) => names).sort()).toEqual([...known].sort());
    const imported = [...blocks.values()].flatMap(({ imports }) =>
      [...imports.values()].map(({ from }) => from),
    );
    const packages = imported.filter((from) => !/^(\.|node:|hono(\/|$))/.test(from));
    expect([...new Set(packages)].filter((name) => !(name in PACKAGES))).toEqual([]);
  });

  it('gives the same text for the same names in another order', () => {
    const of = (...names: string[]) =>
      assembleParity({ names, format: 'cjs', typescript: false, expressVersion: 4 });
    expect(of('etag', 'redirect', 'etag')).toEqual(of('redirect', 'etag'));
  });

  it('takes the packages of the Express version asked for', () => {
    const of = (expressVersion: 4 | 5) =>
      assembleParity({ names: ['expressRouting'], format: 'esm', typescript: false, expressVersion })
        .dependencies;
    expect(of(4)).toEqual({ 'path-to-regexp-express4': 'npm:path-to-regexp@^0.1.13' });
    expect(of(5)).toEqual({ 'path-to-regexp': '^8.4.2' });
  });

  it('refuses a name it does not know', () => {
    const request = { names: ['poweredBye'], format: 'esm', typescript: false, expressVersion: 4 } as const;
    expect(() => assembleParity(request)).toThrow('There is no parity function named poweredBye.');
  });

  it.each([4, 5] as const)(
    'writes TypeScript that a strict project compiles, for Express %i',
    async (version) => {
      const parity = assembleParity({
        names: parityNames(version),
        format: 'esm',
        typescript: true,
        expressVersion: version,
      });
      const project = join(folder, `ts-${version}`);
      mkdirSync(project);
      const types = { ...parity, devDependencies: { ...parity.devDependencies, '@types/node': '*' } };
      const file = installParity(project, 'express-parity.ts', types, version);
      const flags =
        '--strict --noUncheckedIndexedAccess --noUnusedLocals --declaration --noEmit --skipLibCheck';
      const rest =
        '--target es2022 --module nodenext --esModuleInterop --preserveSymlinks --types node --ignoreConfig';
      const tsc = join(fileURLToPath(new URL('../../../node_modules/.bin/tsc', import.meta.url)));
      const { stdout } = await execa(tsc, [...flags.split(' '), ...rest.split(' '), file], {
        cwd: project,
        reject: false,
      });
      expect(stdout).toBe('');
    },
  );

  it.each(['mjs', 'cjs'])('writes JavaScript without any TypeScript left, as .%s', async (extension) => {
    const format = extension === 'mjs' ? 'esm' : 'cjs';
    for (const expressVersion of [4, 5] as const) {
      const names = parityNames(expressVersion);
      const { text } = assembleParity({ names, format, typescript: false, expressVersion });
      const file = join(folder, `${expressVersion}.${extension}`);
      writeFileSync(file, text);
      await execa(process.execPath, ['--check', file]);
      expect(text).not.toMatch(/biome-ignore|@ts-/);
    }
  });

  it('bundles for Workers what needs no disk', async () => {
    const names = parityNames(5).filter(
      (name) => !['serveStatic', 'sendFile', 'download', 'diskStorage'].includes(name),
    );
    const parity = assembleParity({ names, format: 'esm', typescript: false, expressVersion: 5 });
    const project = join(folder, 'worker');
    mkdirSync(project);
    const entry = installParity(project, 'express-parity.mjs', parity, 5);
    const bundle = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      conditions: ['workerd'],
      preserveSymlinks: false,
    });
    expect(bundle.errors).toEqual([]);
    expect(Object.keys(parity.runtimes)).toEqual(names);
  });
});
