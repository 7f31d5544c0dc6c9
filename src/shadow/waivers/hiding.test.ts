import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { LeftOut } from '../../model/changeset.ts';
import type { RunReport } from '../../model/verdict.ts';
import type { Waiver } from '../../model/waiver.ts';
import { listen } from '../__fixtures__/app.ts';
import { readTraffic, runShadow } from '../index.ts';
import { announced } from './announced.ts';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}
type Change = (key: string, answer: Answer) => Answer;

const JSON_TYPE = 'application/json; charset=utf-8';
const TAG = 'W/"a-bAsFyilMr4Ra1hIU5PyoyFRunpI"';
const page = (body: string, status = 200, headers: Record<string, string> = {}): Answer => ({
  ...{ status, body },
  headers: { 'X-Powered-By': 'Express', 'Content-Type': JSON_TYPE, ETag: TAG, ...headers },
});
const NOT_FOUND = page('<!DOCTYPE html><pre>Cannot GET</pre>', 404, { 'Content-Type': 'text/html' });

/** What the old side answers, by method, path, and whether the request is conditional. */
const OLD: Record<string, Answer> = {
  'GET /notes': page('[{"id":1,"title":"tea"},{"id":2,"title":"milk"}]'),
  'GET /notes if': { status: 304, headers: { 'X-Powered-By': 'Express', ETag: TAG }, body: '' },
  'GET /NOTES': page('[{"id":1,"title":"tea"},{"id":2,"title":"milk"}]'),
  'OPTIONS /notes': page('GET,HEAD', 200, { Allow: 'GET,HEAD', 'Content-Type': 'text/html' }),
  'GET /me': page('{"name":"ann","age":7}', 200, {
    ...{ 'Set-Cookie': 'sid=1; Path=/; HttpOnly', ETag: '"v1"', Vary: 'Origin, Accept' },
  }),
  'GET /admin': page('{"error":"login first"}', 401),
  'GET /none': page('{"error":"no such note"}', 404),
  'GET /NONE': page('{"error":"no such note"}', 404),
  'GET /go': page('', 302, { Location: '/notes/a%20b', Vary: 'Origin, Accept' }),
};
const REQUESTS = [...Object.keys(OLD), 'GET /nowhere', 'GET //'];
const ROUTES = ['/notes', '/me', '/admin', '/none', '/go'].map((path) => ({ method: 'GET', path }));

const sides: { close(): void }[] = [];
afterAll(() => {
  for (const side of sides) side.close();
});

async function start(change: Change = (_, answer) => answer) {
  const server = createServer((req, res) => {
    const key = `${req.method} ${req.url}${req.headers['if-none-match'] ? ' if' : ''}`;
    const { status, headers, body } = change(key, OLD[key] ?? NOT_FOUND);
    res.writeHead(status, headers).end(body);
  });
  const side = await listen(server);
  sides.push(side);
  return side;
}

async function run(waivers: Waiver[], change: Change, leftOut: LeftOut[] = []): Promise<RunReport> {
  const file = join(mkdtempSync(join(tmpdir(), 'hiding-')), 'traffic.har');
  const entries = REQUESTS.map((key) => {
    const [method, path, conditional] = key.split(' ');
    const headers = conditional ? [{ name: 'If-None-Match', value: TAG }] : [];
    const { status } = OLD[key] ?? NOT_FOUND;
    return {
      request: { method, url: `http://localhost${path}`, headers },
      response: { status, statusText: '', headers: [], content: {} },
    };
  });
  writeFileSync(file, JSON.stringify({ log: { version: '1.2', entries } }));
  return runShadow(
    { old: await start(), again: await start(), new: await start(change) },
    await readTraffic(file),
    {
      ...{ writes: 'isolated', routes: ROUTES, limits: [], waivers, allow: [], timeoutMs: 3_000 },
      announced: announced({ sets: 1, files: [], leftOut }, []),
    },
  );
}

const waiver = (fields: Partial<Waiver>): Waiver => ({
  ...{ route: '*', location: 'status', reason: 'left out', expires: '2999-01-01' },
  ...fields,
});
const status = (fields: Partial<Waiver>): Waiver[] => [
  waiver({ ...fields, kind: 'status' }),
  waiver({ location: 'answer', follows: 'status' }),
];
const without = (answer: Answer, name: string): Answer => ({
  ...answer,
  headers: Object.fromEntries(Object.entries(answer.headers).filter(([key]) => key !== name)),
});
const on =
  (pattern: RegExp, next: (answer: Answer) => Answer): Change =>
  (key, answer) =>
    pattern.test(key) ? next(answer) : answer;
const lost = on(/.*/, () => ({
  status: 404,
  headers: { 'Content-Type': 'text/plain' },
  body: '404 Not Found',
}));
const lostOn = (pattern: RegExp): Change => on(pattern, () => lost('', NOT_FOUND));
const header =
  (name: string, value: string) =>
  (answer: Answer): Answer => ({
    ...answer,
    headers: { ...answer.headers, [name]: value },
  });

describe('a waiver accepts what it says, and does not hide', () => {
  const CASES: [what: string, waivers: Waiver[], accepted: Change, regressions: Record<string, Change>][] = [
    [
      'a missing X-Powered-By',
      [waiver({ location: 'header:x-powered-by', kind: 'header-missing', old: 'Express', new: null })],
      on(/./, (answer) => without(answer, 'X-Powered-By')),
      {
        'a missing Set-Cookie': on(/./, (answer) => without(without(answer, 'X-Powered-By'), 'Set-Cookie')),
        'another name in it': on(/./, header('X-Powered-By', 'Koa')),
      },
    ],
    [
      'a 200 in place of a 304',
      status({ old: '304', new: '200', when: ['conditional'] }),
      on(/ if$/, () => OLD['GET /notes'] ?? NOT_FOUND),
      {
        'a 500 in place of it': on(/ if$/, () => page('{}', 500)),
        'a 304 to who asked for none': on(/^GET \/notes$/, () => OLD['GET /notes if'] ?? NOT_FOUND),
      },
    ],
    [
      'a 404 to a path in another case, and to OPTIONS',
      status({ old: '200', new: '404', when: ['other-case', 'options'] }),
      // What is chosen by Accept says so: that is the answer's own as its type is.
      on(/NOTES|OPTIONS/, () => header('Vary', 'Accept')(lost('', NOT_FOUND))),
      {
        'a Vary on the route itself': on(/notes$/, header('Vary', 'Accept')),
        'a 404 on the route itself': lostOn(/notes$/),
        'a 500 there': on(/NOTES/, () => page('{}', 500)),
        'a guard that answers 404': lostOn(/admin/),
      },
    ],
    [
      'a 404 of nobody to a path in another case, where the route had said 404',
      [waiver({ location: 'answer', when: ['other-case-not-found'] })],
      lostOn(/NONE/),
      {
        'a 404 of nobody on the route itself': lostOn(/none$/),
        'a 404 in place of a 200': lostOn(/NOTES/),
        'a 500 there': on(/NONE/, () => page('{}', 500)),
      },
    ],
    [
      'what a later route serves under a path in another case',
      [waiver({ location: 'answer', when: ['other-case-served'] })],
      on(/NOTES/, () => page('<p>home</p>')),
      {
        'that answer on the route itself': on(/notes$/, () => page('<p>home</p>')),
        'a 404 there': lostOn(/NOTES/),
        'a 500 there': on(/NOTES/, () => page('{}', 500)),
      },
    ],
    [
      'an answer to // where there was none',
      status({ old: '404', new: '200', when: ['root-slashes'] }),
      on(/^GET \/\/$/, () => OLD['GET /notes'] ?? NOT_FOUND),
      { 'an answer to another path of no route': on(/nowhere/, () => OLD['GET /notes'] ?? NOT_FOUND) },
    ],
    [
      'another answer to //, under the status it had',
      [waiver({ location: 'answer', when: ['root-slashes'] })],
      lostOn(/^GET \/\/$/),
      {
        'a 404 of nobody at another path of no route': lostOn(/nowhere/),
        'a 200 there': on(/^GET \/\/$/, () => OLD['GET /notes'] ?? NOT_FOUND),
        'a 500 there': on(/^GET \/\/$/, () => page('{}', 500)),
      },
    ],
    [
      'the text of the 404 page',
      [
        waiver({
          location: 'body',
          when: ['error'],
          old: { matches: '^<!DOCTYPE html>[^\\u0001]*$' },
          new: '404 Not Found',
        }),
        waiver({ location: 'header:content-type', when: ['error'], old: 'text/html', new: 'text/plain' }),
        waiver({ location: 'header:x-powered-by', kind: 'header-missing', when: ['error'] }),
        waiver({ location: 'header:etag', kind: 'header-missing', new: null, when: ['error'] }),
      ],
      lostOn(/nowhere|\/\/$/),
      {
        'a 404 on a real route': lostOn(/\/me/),
        'another text': on(/nowhere/, (answer) => ({ ...answer, body: '<!DOCTYPE html><pre>Oops</pre>' })),
        'a 200 in its place': on(/nowhere/, (answer) => ({ ...answer, status: 200 })),
      },
    ],
    [
      'a missing tag that Express made',
      [
        waiver({
          location: 'header:etag',
          kind: 'header-missing',
          old: { matches: '^W/"[0-9a-f]+-[A-Za-z0-9+/]{27}"$' },
          new: null,
        }),
      ],
      on(/ \/(notes|NOTES|admin|go)/, (answer) => without(answer, 'ETag')),
      { 'a missing tag of the application': on(/\/me/, (answer) => without(answer, 'ETag')) },
    ],
    [
      'a charset that is spelt otherwise',
      [waiver({ location: 'header:content-type', kind: 'header-value', same: 'charset' })],
      on(/^GET \/(me|notes|NOTES)$/, header('Content-Type', 'application/json')),
      {
        'another type': on(/\/me/, header('Content-Type', 'text/html; charset=utf-8')),
        'another charset': on(/\/me/, header('Content-Type', 'application/json; charset=latin1')),
      },
    ],
    [
      'an address that is encoded otherwise',
      [waiver({ location: 'header:location', same: 'address' })],
      on(/\/go/, header('Location', '/notes/a b')),
      {
        'another address': on(/\/go/, header('Location', '/notes/a+b')),
        'an address that is encoded twice': on(/\/go/, header('Location', '/notes/a%2520b')),
      },
    ],
    [
      'a redirect that depends on Accept no more',
      [waiver({ location: 'header:vary', kind: 'header-value', same: 'less-accept', when: ['redirect'] })],
      on(/\/go/, header('Vary', 'Origin')),
      {
        'another field that is lost': on(/\/go/, header('Vary', 'Accept')),
        'no field at all': on(/\/go/, (answer) => without(answer, 'Vary')),
        'another field instead': on(/\/go/, header('Vary', 'Cookie')),
        'another field beside': on(/\/go/, header('Vary', 'Origin, Cookie')),
        'the same of what is no redirect': on(/\/me/, header('Vary', 'Origin')),
      },
    ],
  ];
  describe.each(CASES)('%s', (_, waivers, accepted, regressions) => {
    it('is accepted, and the run can still see', async () => {
      const report = await run(waivers, accepted);
      expect(report.cells.filter(({ explained }) => !explained)).toEqual([]);
      expect(report.detection.faults.filter(({ planted, seen }) => planted !== seen)).toEqual([]);
      expect(report.verdict, report.reasons.join()).toBe('PASS');
      expect(report.reasons.join()).toMatch(/differences? (is|are) waived/);
    });
    it.each(Object.keys(regressions))('does not hide %s', async (name) => {
      const regression = regressions[name] ?? lost;
      const report = await run(waivers, (key, answer) => {
        const wrong = regression(key, answer);
        return wrong === answer ? accepted(key, answer) : wrong;
      });
      expect(report.verdict).toBe('FAIL');
    });
  });

  it('but one that says no value blinds the run, which does not pass', async () => {
    const blind = ['/notes', '/me', '/admin', '/go'].map((path) => waiver({ route: `GET ${path}` }));
    const report = await run(
      blind,
      on(/\/me/, (answer) => ({ ...answer, status: 203 })),
    );
    expect(report.verdict).toBe('INCONCLUSIVE');
    expect(report.reasons.join()).toContain('too blind to pass anything');
  });
});

describe('a waiver with an owner', () => {
  const leftOut = (differences: LeftOut['differences'], file = 'app.js'): LeftOut => ({
    ...{ behaviour: 'x-powered-by', codemod: 'express-to-hono', rule: 'parity/x-powered-by' },
    ...{
      about: 'it names itself',
      scope: 'application',
      places: [{ file, line: 3, column: 1 }],
      differences,
    },
  });
  const owned = waiver({
    ...{ location: 'header:x-powered-by', kind: 'header-missing', new: null },
    owner: { codemod: 'express-to-hono', rule: 'parity/x-powered-by', files: ['app.js'] },
  });
  const change = on(/./, (answer) => without(answer, 'X-Powered-By'));
  const said = { location: 'header:x-powered-by', kind: 'header-missing', about: 'not sent' };

  it('serves what that edit announced, and the report names the edit', async () => {
    const report = await run([owned], change, [leftOut([said])]);
    expect(report.verdict).toBe('PASS');
    expect(report.waivers[0]).toMatchObject({ state: 'used', places: [{ file: 'app.js', line: 3 }] });
    expect(report.reasons.join()).toContain('owned by 1 edit that announced them');
  });

  it.each([
    ['no change set has the edit', []],
    ['the edit is in another file', [leftOut([said], 'other.js')]],
    ['it announced something else', [leftOut([{ ...said, kind: 'header-value' }])]],
  ])('serves nothing where %s', async (_, changes) => {
    const report = await run([owned], change, changes);
    expect(report.verdict).toBe('FAIL');
    if (changes[0]?.differences.includes(said) || changes.length === 0)
      expect(report.warnings.join()).toContain('no applied change set of the new side has that edit');
  });
});
