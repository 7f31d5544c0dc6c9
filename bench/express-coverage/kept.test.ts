import { beforeAll, describe, expect, it } from 'vitest';
import type { CoverageCase } from './cases.ts';
import { type Kept, runKept } from './kept.ts';
import { keptCell, keptSummary } from './kept-table.ts';
import { keptForWorkers } from './kept-workers.ts';
import { loadCases } from './run.ts';

/** One of each kind of thing that an application does to a request before a handler answers it. */
const SAMPLE = [
  ...['package.express-session@', 'package.compression@', 'package.multer@', 'res.sendFile@', 'req.ip@'],
  ...[
    'res.write@',
    'express.json@',
    'shape.http-server@',
    'package.ws@',
    'typescript.router@',
    'next.router@',
  ],
];

let cases: CoverageCase[];
let kept: Kept;

beforeAll(async () => {
  cases = (await loadCases()).filter(({ id }) => SAMPLE.some((start) => id.startsWith(start)));
  kept = await runKept(cases, ['here']);
});

describe('a case that stays in Express, with Hono beside it', () => {
  it('answers as it did alone, and Hono’s route answers, too', () => {
    expect(kept.size).toBe(2 * SAMPLE.length);
    expect([...kept].filter(([, { node }]) => node?.is !== 'same')).toEqual([]);
  });

  it('is a Worker, or needs what a Worker has not', () => {
    const made = (id: string) =>
      keptForWorkers(cases.find((one) => one.id === id) ?? ({} as never), 'beside');
    expect(made('res.sendFile@4')).toEqual({ why: 'needs a disk: __dirname' });
    expect(made('typescript.router@5')).toEqual({ why: 'no module exports the application' });
    const session = made('package.express-session@5');
    expect('tree' in session && session.tree.get('app.js')).toContain(
      cases.find(({ id }) => id === 'package.express-session@5')?.files.get('app.js'),
    );
  });

  it('has in its column what differs, and on which runtime', () => {
    const why = 'needs a disk: sendFile';
    expect(keptCell({ node: { is: 'same' }, bun: { is: 'same' } })).toBe('same');
    expect(
      keptCell({
        node: { is: 'same' },
        deno: { is: 'runtime', why: 'x' },
        workers: { is: 'not run', why },
      }),
    ).toBe('same; deno: as Express alone there; workers: needs a disk: sendFile');
    expect(keptCell({ node: { is: 'wrong', why: 'x' } })).toBe('node: **wrong**');
  });

  it('is counted by kind, version of Express and runtime', () => {
    const titles = { member: 'Members', package: 'Packages', shape: 'Shapes', adversarial: 'Adversarial' };
    const rows = cases.map((one) => ({ one }));
    const lines = keptSummary(rows, kept, titles);
    expect(lines).toContain('| Packages, Express 5 | 4 | 4 same, 0 wrong |');
    expect(lines.join('\n')).not.toContain('runs Express itself otherwise');
    const other: Kept = new Map([
      ...kept,
      ['package.ws@5', { workers: { is: 'runtime', why: 'GET /: status 200 OK became 500' } }],
    ]);
    expect(keptSummary(rows, other, titles)).toContain(
      '| package.ws@5 | workers | GET /: status 200 OK became 500 |',
    );
    const broken: Kept = new Map([...kept, ['package.ws@5', { node: { is: 'wrong', why: 'x' } }]]);
    expect(keptSummary(rows, broken, titles)).toContain('| Packages, Express 5 | 4 | 3 same, 1 **wrong** |');
  });
});
