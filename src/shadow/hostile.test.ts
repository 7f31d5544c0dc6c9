import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Exchange } from '../model/exchange.ts';
import type { RunReport } from '../model/verdict.ts';
import { listen } from './__fixtures__/app.ts';
import { openProgress, type RunOptions, readProgress, readTraffic, runShadow } from './index.ts';
import type { LiveSide } from './sides/side.ts';

/** A body that is streamed through one side; `MIGRATE_BODY_MB=1024` for the whole gigabyte. */
const MEGABYTES = Number(process.env.MIGRATE_BODY_MB ?? 96);

const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const open: { close(): void }[] = [];
afterAll(() => {
  for (const side of open) side.close();
  rmSync(folder, { recursive: true, force: true });
});

async function side(answer: RequestListener): Promise<LiveSide & { close(): void }> {
  const live = await listen(createServer(answer));
  open.push(live);
  return live;
}

const exchange = (path: string, index: number): Exchange => ({
  ...{ schema: 'migrate/exchange', version: 1, index, source: 'har:t', session: 's', response: null },
  request: { method: 'GET', origin: 'http://shop.test', path, headers: [], body: null },
});

async function run(
  paths: readonly string[],
  old: RequestListener,
  next: RequestListener | (LiveSide & { close(): void }),
  options: Partial<RunOptions> = {},
): Promise<RunReport> {
  const sides = {
    old: await side(old),
    again: await side(old),
    new: typeof next === 'function' ? await side(next) : next,
  };
  const exchanges = paths.map((path, i) => exchange(path, i + 1));
  return runShadow(
    sides,
    { source: 'har', file: 't.har', exchanges, skipped: new Map(), warnings: [] },
    { writes: 'refused', routes: [], limits: [], waivers: [], allow: [], timeoutMs: 400, ...options },
  );
}

const fine: RequestListener = (req, res) => res.end(`fine ${req.url}`);
const cells = (report: RunReport) =>
  report.cells.filter(({ explained }) => !explained).map(({ kind, location }) => `${kind} ${location}`);

describe('a run survives', () => {
  it(`a body of ${MEGABYTES} MB, which is compared by size and hash, in bounded memory`, async () => {
    const block = Buffer.alloc(1024 * 1024, 'x');
    const pour = (res: ServerResponse, count: number, last: string) => {
      let left = count;
      const more = () => {
        while (left-- > 0) if (!res.write(block)) return void res.once('drain', more);
        res.end(last);
      };
      more();
    };
    let peak = 0;
    const before = process.memoryUsage().rss;
    const timer = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss - before);
    }, 20);
    const report = await run(
      ['/big'],
      (_req, res) => pour(res, MEGABYTES, 'a'),
      (_req, res) => pour(res, MEGABYTES, 'b'),
      { timeoutMs: 120_000, maxBody: 1024 * 1024 },
    );
    clearInterval(timer);
    expect(cells(report)).toEqual(['binary body']);
    expect(report.cells[0]?.exemplars[0]?.old).toContain(`${MEGABYTES * 1024 * 1024 + 1} bytes`);
    expect(peak).toBeLessThan(150e6);
  }, 300_000);

  it('answers that never end: where neither side ends, nothing was compared, and the verdict says so', async () => {
    const endless: RequestListener = (req, res) => {
      if (req.url !== '/endless') return res.end('ok');
      const timer = setInterval(() => res.write('more '), 20);
      res.on('close', () => clearInterval(timer));
    };
    const both = await run(['/', '/endless', '/'], endless, endless);
    expect(both.counts).toMatchObject({ compared: 2, notCompared: 1 });
    expect(both.notCompared[0]?.reason).toBe('neither side answered: no complete answer within 400 ms');
    const one = await run(['/', '/endless', '/'], fine, endless);
    expect(one.verdict).toBe('FAIL');
    expect(one.signatures.map(({ title }) => title)).toContain('answered 200 → TIMEOUT');
  });

  it('a decompression bomb, which is not unpacked', async () => {
    const bomb = (fill: string) => gzipSync(Buffer.alloc(80 * 1024 * 1024, fill), { level: 1 });
    const send =
      (body: Buffer): RequestListener =>
      (_req, res) =>
        res.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' }).end(body);
    const report = await run(['/'], send(bomb('1')), send(bomb('2')), { timeoutMs: 5_000 });
    expect(cells(report)).toContain('binary body');
  });

  it('text that is no UTF-8: other bytes are a difference, the same bytes are none', async () => {
    const send =
      (...tail: number[]): RequestListener =>
      (_req, res) =>
        res
          .writeHead(200, { 'Content-Type': 'application/json' })
          .end(Buffer.from([0x22, 0xff, ...tail, 0x22]));
    expect(cells(await run(['/'], send(0xfe), send(0xfd)))).toContain('binary body');
    expect(cells(await run(['/'], send(0xfe), send(0xfe)))).toEqual([]);
  });

  it('a new side that hangs up early and comes back: each broken answer is a difference of its own', async () => {
    const flaky: RequestListener = (req, res) => {
      if (req.url === '/early') {
        res.writeHead(200, { 'Content-Length': 100 });
        res.write('half');
        setTimeout(() => res.socket?.destroy(), 10);
      } else if (req.url === '/none') res.socket?.destroy();
      else fine(req, res);
    };
    const whole: RequestListener = (req, res) =>
      req.url === '/early'
        ? res.writeHead(200, { 'Content-Length': 100 }).end('x'.repeat(100))
        : fine(req, res);
    const report = await run(['/', '/early', '/', '/none', '/'], whole, flaky);
    expect(report.counts).toMatchObject({ compared: 5, differing: 2 });
    expect(cells(report).sort()).toEqual(['transport transport', 'truncated body']);
  });

  it('a clock that jumps back an hour in the middle', async () => {
    const real = Date.now;
    let asked = 0;
    const jumping: RequestListener = (req, res) => {
      if (++asked === 3) vi.spyOn(Date, 'now').mockImplementation(() => real() - 3_600_000);
      fine(req, res);
    };
    try {
      const report = await run(['/1', '/2', '/3', '/4'], jumping, fine);
      expect(report.counts).toMatchObject({ compared: 4, differing: 0 });
      expect(report.durationMs).toBeGreaterThanOrEqual(0);
      expect(report.durationMs).toBeLessThan(60_000);
    } finally {
      vi.restoreAllMocks();
    }
  });

  it.runIf(process.platform === 'linux')(
    'a full disk: the run ends with its verdict, and says that it was not noted',
    async () => {
      const out = mkdtempSync(join(folder, 'full-'));
      // The kernel's own full disk: every write fails with ENOSPC.
      symlinkSync('/dev/full', join(out, 'progress.log'));
      const start = { type: 'start', version: 1, id: 'r', startedAt: new Date().toISOString() } as const;
      const ledger = await openProgress(out, { ...start, cwd: out, options: {}, marks: {} });
      const report = await run(['/1', '/2'], fine, fine, { ledger });
      await ledger.close();
      expect(ledger.broken()).toMatch(/ENOSPC/);
      expect(report.counts.compared).toBe(2);
    },
  );
});

describe('a progress log', () => {
  it('that is torn or damaged anywhere is read up to there, and never as something else', async () => {
    const out = mkdtempSync(join(folder, 'torn-'));
    const start = { type: 'start', version: 1, id: 'r', startedAt: new Date().toISOString() } as const;
    const ledger = await openProgress(out, { ...start, cwd: out, options: {}, marks: {} });
    const report = await run(['/1', '/2', '/3'], fine, fine, { ledger });
    await ledger.close();
    expect(report.counts.compared).toBe(3);
    const whole = await readProgress(out);
    expect(whole).toMatchObject({ upTo: 3, part: { counts: { compared: 3 } } });
    const file = join(out, 'progress.log');
    for (const cut of [1, 9, 700]) {
      truncateSync(file, (whole?.end ?? 0) - cut);
      // Where the machine was busy, what came before the cut was noted for itself.
      expect((await readProgress(out))?.upTo ?? 0).toBeLessThan(3);
    }
    writeFileSync(file, 'no progress log');
    expect(await readProgress(out)).toBeNull();
  });
});

describe('a hostile HAR', () => {
  const har = async (text: string) => {
    const file = join(folder, `${createHash('sha1').update(text).digest('hex')}.har`);
    writeFileSync(file, text);
    return readTraffic(file);
  };
  const entry = (more: object) => ({
    request: { method: 'GET', url: 'http://x/', headers: [] },
    response: { status: 200, headers: [] },
    ...more,
  });

  it('of two gigabytes of nothing is refused where it ceases to be JSON', async () => {
    const file = join(folder, 'huge.har');
    writeFileSync(file, '{"log":{"entries":[');
    truncateSync(file, 2 * 1024 ** 3);
    await expect(readTraffic(file)).rejects.toThrow(/huge\.har is not JSON in entry 1 at byte 19/);
  });

  it('with brackets nested a million deep is refused in one sentence', async () => {
    const nested = `{"log":{"entries":${'['.repeat(1e6)}${']'.repeat(1e6)}}}`;
    await expect(har(nested)).rejects.toMatchObject({ name: 'MigrateError' });
  });

  it('with negative times and sizes is read, and they count as nothing', async () => {
    const { exchanges } = await har(
      JSON.stringify({
        log: { entries: [entry({ time: -1, startedDateTime: '-99', timings: { wait: -5 } })] },
      }),
    );
    expect(exchanges[0]?.response).toMatchObject({ totalMs: 0, headMs: 0 });
  });
});
