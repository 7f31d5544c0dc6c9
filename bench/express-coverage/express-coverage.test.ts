import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BehaviourName } from '../../codemods/express-to-hono/state/behaviours.ts';
import { leftOut as announce } from '../../codemods/express-to-hono/state/left-out.ts';
import { unannounced } from './announced.ts';
import { IDIOMATIC, type Outcome } from './convert.ts';
import { difference } from './exchange.ts';
import { middlewarePage } from './middleware.ts';
import { type CoverageRun, loadCases, repositoryRoot, runCoverage } from './run.ts';
import { page, summary } from './table.ts';
import { typeErrors } from './typecheck.ts';
import { asOnWorkers } from './workers.ts';

/** From best to worst. */
const ORDER: Outcome[] = ['converted', 'bridged', 'kept', 'refused', 'told', 'wrong'];

/** One subject in so many is run here; `npm run coverage:express` runs them all. */
const SAMPLE = 6;

/** A known difference that nobody announces: what an application prints of a 304 is 200 without tags, in its own words. */
const OF_ITSELF = /^res\.on-not-modified@/;

let run: CoverageRun;
let idiomatic: CoverageRun;
let all: string[];
let committed: Record<string, Outcome>;

beforeAll(async () => {
  const cases = await loadCases();
  all = cases.map(({ id }) => id);
  const subjects = [...new Set(all.map((id) => id.replace(/@\d$/, '')))];
  const shown = /^(express\.static|package\.cors)/;
  const sampled = new Set(subjects.filter((id, index) => index % SAMPLE === 0 || shown.test(id)));
  run = await runCoverage(
    cases.filter(({ id }) => sampled.has(id.replace(/@\d$/, ''))),
    ['here'],
  );
  const others = new Set(subjects.filter((_, index) => index % (2 * SAMPLE) === 1));
  idiomatic = await runCoverage(
    cases.filter(({ id }) => others.has(id.replace(/@\d$/, '')) && !OF_ITSELF.test(id)),
    ['here'],
    { codemod: IDIOMATIC },
  );
  const file = join(repositoryRoot(), 'codemods', 'express-to-hono', 'coverage', 'outcomes.json');
  committed = JSON.parse(await readFile(file, 'utf8'));
});

describe('every case application, converted', () => {
  it('answers as before, or is refused, or the difference was told', () => {
    const wrong = run.rows.filter(({ outcome }) => outcome === 'wrong');
    expect(wrong.map(({ one, why }) => `${one.id}: ${why.join(' / ')}`)).toEqual([]);
    expect(run.rows.length).toBeGreaterThan(120);
  });

  it('with --parity idiomatic answers as before, or otherwise as it announced', () => {
    const wrong = idiomatic.rows.filter(({ outcome }) => outcome === 'wrong');
    expect(wrong.map(({ one, why }) => `${one.id}: ${why.join(' / ')}`)).toEqual([]);
    expect(idiomatic.rows.length).toBeGreaterThan(50);
  });

  it('fares no worse than in the committed table', () => {
    const worse = run.rows.flatMap(({ one, outcome, why }) => {
      const before = committed[one.id];
      if (before === undefined || ORDER.indexOf(outcome) <= ORDER.indexOf(before)) return [];
      return [`${one.id} was ${before}, is ${outcome}: ${why.join(' / ')}`];
    });
    expect(worse).toEqual([]);
  });

  it('is in the committed table', () => {
    expect(all.filter((id) => committed[id] === undefined)).toEqual([]);
  });

  it('is changed nowhere when it is refused, and says why', () => {
    const silent = run.rows.filter(({ outcome, why }) => outcome === 'refused' && why.length === 0);
    expect(silent.map(({ one }) => one.id)).toEqual([]);
  });
});

describe('the comparison', () => {
  it('finds another status, header and body', async () => {
    const [one] = await loadCases('res.json@4');
    if (one === undefined) throw new Error('the case is gone');
    const answer = { status: '200 OK', headers: ['etag: "1"'], body: 'a' };
    const all = (change: Partial<typeof answer>) => one.requests.map(() => ({ ...answer, ...change }));
    expect(difference(one, all({}), all({}))).toBeNull();
    expect(difference(one, all({}), all({ status: '404 Not Found' }))).toMatch(/status 200 OK became 404/);
    expect(difference(one, all({}), all({ headers: [] }))).toMatch(/headers \[etag: "1"\] became \[\]/);
    expect(difference(one, all({}), all({ body: 'b' }))).toMatch(/body "a" became "b"/);
    expect(difference(one, all({}), [])).toMatch(/not compared/);
  });
});

describe('what was announced', () => {
  const request = (path: string, method = 'GET') => ({ method, path, headers: {}, body: null, timeout: 100 });
  const answer = {
    status: '200 OK',
    headers: ['etag: W/"1-hvfkN/qlp/zhXR3cuerq6jd2Z7g"', 'content-type: text/html'],
    body: 'a',
  };
  const leftOut = (behaviour: BehaviourName) => [
    announce(behaviour, 'express-to-hono', [{ file: 'a.js', line: 1, column: 1 }]),
  ];

  it('explains the difference it names, and no other', () => {
    const untagged = { ...answer, headers: ['content-type: text/html'] };
    expect(unannounced(request('/'), answer, untagged, leftOut('etag'))).toBeNull();
    const other = { ...untagged, body: 'b' };
    expect(unannounced(request('/'), answer, other, leftOut('etag'))).toMatch(/: body "a" became "b"/);
    const missing = { ...answer, status: '404 Not Found' };
    expect(unannounced(request('/'), answer, missing, leftOut('etag'))).toMatch(/status "200" became "404"/);
  });

  it('explains nothing on a request that it does not show on, and lets nobody in', () => {
    const first = { ...answer, body: 'b' };
    expect(unannounced(request('/?a=1&a=2'), answer, first, leftOut('query'))).toBeNull();
    expect(unannounced(request('/?a=1'), answer, first, leftOut('query'))).toMatch(/body/);
    const refused = { ...answer, status: '401 Unauthorized' };
    expect(unannounced(request('/ADMIN'), refused, answer, leftOut('routing'))).toMatch(/let in/);
  });
});

describe('the comparison with a Worker', () => {
  const want = { status: '200 OK', headers: ['content-length: 3', 'link: a', 'link: b'], body: 'abc' };
  const got = { status: '200 unknown', headers: ['link: a, b', 'transfer-encoding: chunked'], body: 'abc' };

  it('allows another reason phrase, framing and number of lines', () => {
    expect(asOnWorkers('GET', want, got)).toEqual(want);
  });

  it('allows no other status, header, body, cookie line or framing of HEAD, and no phrase in the place of an own one', () => {
    expect(asOnWorkers('GET', want, { ...got, status: '201 unknown' })).not.toEqual(want);
    expect(asOnWorkers('GET', want, { ...got, headers: [...got.headers, 'x-new: 1'] })).not.toEqual(want);
    expect(asOnWorkers('GET', want, { ...got, body: '' })).not.toEqual(want);
    expect(asOnWorkers('HEAD', want, got)).not.toEqual(want);
    const cookies = { ...want, headers: ['set-cookie: a', 'set-cookie: b'] };
    expect(asOnWorkers('GET', cookies, { ...got, headers: ['set-cookie: a, b'] })).not.toEqual(cookies);
    const own = { ...want, status: '200 Mine' };
    expect(asOnWorkers('GET', own, { ...got, status: '200 Successful' })).not.toEqual(own);
  });
});

describe('the type check', () => {
  it('finds the file with an error, and only that', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'typecheck-'));
    try {
      for (const [id, text] of [
        ['good@4', 'export const a: number = 1;\n'],
        ['bad@4', "export const a: number = 'x';\n"],
      ] as const) {
        await mkdir(join(folder, id));
        await writeFile(join(folder, id, 'app.ts'), text);
      }
      const found = await typeErrors(repositoryRoot(), folder);
      expect([...found]).toEqual([['bad@4', expect.stringMatching(/^app\.ts\(1,14\) TS2322: /)]]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('the page of middleware', () => {
  it('has a row for every package, with the options that its cases use', () => {
    const text = middlewarePage(run.rows, run.runtimes);
    const packages = new Set(
      run.rows.filter(({ one }) => one.kind === 'package').map(({ one }) => one.subject),
    );
    for (const name of packages) expect(text).toContain(`| \`${name}\` | `);
    expect(text).toMatch(/^\| `express\.static` \| \d+ \| \d+ \| converted.* \| .*`maxAge`/m);
    expect(text).toMatch(/^\| `cors` \| 65 \| .*`origin`.* use `hono\/cors`/m);
  });
});

describe('the page', () => {
  it('has a row for every case and the totals', () => {
    const text = page(run.rows, run.runtimes, run.guards, new Map());
    expect(text.match(/^\| [^|]+ \| (4|5) \| /gm)).toHaveLength(run.rows.length);
    expect(summary(run.rows)).toMatch(
      /^all: \d+ cases, converted \d+, bridged \d+, kept \d+, refused \d+, told \d+, wrong 0$/m,
    );
  });
});
