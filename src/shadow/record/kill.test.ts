import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newHealth, openFiles, readLog } from '../log/reader.ts';

const KILLS = Number(process.env.MIGRATE_KILLS ?? 5);

let folder: string;
let program: string;
let app: Server;
let upstream: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'record-kill-'));
  program = join(folder, 'recorder.mjs');
  await build({
    entryPoints: [new URL('./__fixtures__/recorder-program.ts', import.meta.url).pathname],
    ...{ bundle: true, platform: 'node', format: 'esm', outfile: program, logLevel: 'error' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  app = createServer((req, res) => res.end(`answer to ${req.url} `.repeat(50)));
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  upstream = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
});
afterAll(() => {
  app.closeAllConnections();
  app.close();
  rmSync(folder, { recursive: true, force: true });
});

it(`a recorder killed ${KILLS} times at random moments has every exchange it had synced, and goes on after each`, async () => {
  const safe = new Map<number, number>();
  // On a busy machine a kill may come before anything was recorded: then there are more of them.
  const isEnough = (round: number) => round >= KILLS && (safe.size > KILLS || round >= 10 * KILLS);
  for (let round = 0; !isEnough(round); round++) {
    await recordAndKill(20 + Math.random() * 250, (seq) => safe.set(seq, round));
    const health = newHealth();
    const found = new Map<number, string>();
    const files = openFiles(join(folder, 'recordings', 'r'));
    for await (const { record } of readLog(join(folder, 'recordings', 'r'), health)) {
      const { body } = record.response ?? {};
      found.set(record.seq, `${record.request.path} ${body ? files.body(body) : ''}`);
    }
    files.close();
    expect([...safe.keys()].filter((seq) => !found.has(seq))).toEqual([]);
    for (const text of found.values()) {
      const [path = '', ...rest] = text.split(' ');
      expect(rest.join(' ')).toBe(`answer to ${path} `.repeat(50));
    }
    expect(health.damaged).toBe(0);
  }
  expect(safe.size).toBeGreaterThan(KILLS);
}, 300_000);

async function recordAndKill(afterMs: number, durable: (seq: number) => void): Promise<void> {
  const child = spawn(process.execPath, [program, folder, upstream, 'r'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let text = '';
  const port = await new Promise<number>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the recorder ended with ${code}: ${text}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk;
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const [word, ...rest] = line.split(' ');
        if (word === 'port') resolve(Number(rest[0]));
        else for (const seq of rest) durable(Number(seq));
      }
    });
  });
  let stop = false;
  const load = [1, 2, 3].map(async (client) => {
    for (let i = 0; !stop; i++) {
      try {
        const { body } = await request(`http://127.0.0.1:${port}/${client}/${i}`);
        await body.dump();
      } catch {
        return;
      }
    }
  });
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  child.kill('SIGKILL');
  await ended;
  stop = true;
  await Promise.all(load);
}
