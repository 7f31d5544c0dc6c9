import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RecordingSummary } from '../model/recording.ts';
import { TrafficCoverage } from '../model/traffic-coverage.ts';
import type { Io } from '../report/io.ts';
import { main } from './main.ts';

let root: string;
let app: Server;
let upstream: string;

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'record-command-')));
  writeFileSync(join(root, 'package.json'), '{"name":"a","main":"app.js","dependencies":{"express":"4"}}');
  writeFileSync(
    join(root, 'app.js'),
    "const app = require('express')();\napp.get('/a', (q, s) => s.json({}));\napp.post('/b', (q, s) => s.json({}));\napp.listen(3000);\n",
  );
  app = createServer((_req, res) => res.end('ok'));
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  upstream = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
});
afterAll(() => {
  app.closeAllConnections();
  app.close();
  rmSync(root, { recursive: true, force: true });
});

/** Runs a command; `seen` gets each line of text, and may end the command as Ctrl-C does. */
async function migrate(args: string[], seen: (line: string, interrupt: () => void) => void = () => {}) {
  const stop = new AbortController();
  const lines: string[] = [];
  const documents: unknown[] = [];
  const take = (text = '') => {
    lines.push(text);
    seen(text, () => stop.abort());
  };
  const io: Io = {
    ...{ cwd: root, interactive: false, colors: pc.createColors(false), json: false, signal: stop.signal },
    ...{ line: take, note: take, document: (value) => documents.push(value), progress: () => {} },
  };
  return { code: await main(args, io), text: lines.join('\n'), documents };
}

describe('migrate record', () => {
  it('records until Ctrl-C, says what was recorded and what to do next, and shadow coverage reads it', async () => {
    const done: Promise<unknown>[] = [];
    const { code, text, documents } = await migrate(
      ['record', '--upstream', upstream, '--name', 'r', '--json'],
      (line, interrupt) => {
        const proxy = /recording {2}(http:\S+)/.exec(line)?.[1];
        if (proxy === undefined) return;
        done.push(
          (async () => {
            for (const path of ['/a?x=1', '/a?token=s3cret-s3cret', '/nowhere'])
              await (await request(`${proxy}${path}`)).body.dump();
            interrupt();
          })(),
        );
      },
    );
    await Promise.all(done);
    expect(code).toBe(0);
    expect(RecordingSummary.parse(documents[0])).toMatchObject({
      written: 3,
      counts: { passed: 3, secrets: 1 },
    });
    expect(text).toContain('next      migrate shadow coverage --traffic .migrate/recordings/r');
    expect(readFileSync(join(root, '.migrate/.gitignore'), 'utf8')).toMatch(
      /recordings\/[\s\S]*redaction\.key/,
    );

    const coverage = await migrate(['shadow', 'coverage', '--traffic', '.migrate/recordings/r', '--json']);
    expect(coverage.code).toBe(1);
    expect(TrafficCoverage.parse(coverage.documents[0]).counts).toEqual({
      ...{ routes: 2, covered: 1, uncovered: 1, withheld: 1 },
    });
    expect(coverage.text).toMatch(
      /GET \/a +2 +200 ×2[\s\S]*UNCOVERED {2}1\n {2}POST \/b +no request reaches it/,
    );
    expect((await migrate(['shadow', 'coverage', '--traffic', 'routes'])).code).toBe(0);
  });

  it('without a single request is INVALID, not a success', async () => {
    const { code, text } = await migrate(['record', '--upstream', upstream, '--for', '0.2']);
    expect(code).toBe(7);
    expect(text).toContain('nothing was recorded');
  });

  it.each([
    ['an upstream that is no URL', ['--upstream', 'localhost:3000'], 2, /--upstream is a URL such as/],
    ['an upstream with a path', ['--upstream', 'http://127.0.0.1:1/api'], 2, /leave the path away/],
    [
      'a name that leaves the folder',
      ['--upstream', 'http://x.test', '--name', '../x'],
      2,
      /is no folder name/,
    ],
    ['a size that is none', ['--upstream', 'http://x.test', '--max-body', 'big'], 2, /--max-body is a size/],
    ['a port that is none', ['--upstream', 'http://x.test', '--port', '99999'], 2, /--port is a number/],
    [
      "the upstream's own port",
      ['--upstream', 'http://localhost:3000', '--port', '3000'],
      2,
      /would ask itself/,
    ],
  ])('says in one sentence what is wrong: %s', async (_, args, exitCode, message) => {
    const { code, text } = await migrate(['record', ...args, '--for', '0.2']);
    expect(text).toMatch(message);
    expect(code).toBe(exitCode);
  });

  it('a port that is taken is a precondition', async () => {
    const { code, text } = await migrate([
      'record',
      '--upstream',
      'http://x.test',
      '--port',
      new URL(upstream).port,
    ]);
    expect(text).toMatch(/cannot be listened on: EADDRINUSE/);
    expect(code).toBe(3);
  });
});
