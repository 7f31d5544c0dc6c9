import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { Exchange } from '../../model/exchange.ts';
import { listen, notesApp } from '../__fixtures__/app.ts';
import { coverageOf, type ReadContext, readTraffic, runShadow } from '../index.ts';

const folder = mkdtempSync(join(tmpdir(), 'sources-test-'));
const state = join(folder, '.migrate');
mkdirSync(state);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
async function traffic(content: string | Uint8Array, context: ReadContext = {}) {
  const file = join(folder, `traffic-${++files}`);
  writeFileSync(file, content);
  const read = await readTraffic(file, context);
  for (const exchange of read.exchanges) Exchange.parse(exchange);
  return read;
}
const lines = ({ exchanges }: { exchanges: Exchange[] }) =>
  exchanges.map(({ request }) => `${request.method} ${request.path}`);
const text = (exchange: Exchange | undefined) => Buffer.from(exchange?.request.body ?? []).toString();

describe('an access log', () => {
  it('in combined format gives paths, clients, times and statuses; what has a body is not sent', async () => {
    const read = await traffic(
      [
        '203.0.113.9 - - [10/Oct/2024:13:55:36 -0700] "GET /notes?q=a%20b HTTP/1.1" 200 2326 "http://x/" "Mozilla/5.0 (KHTML, like Gecko)"',
        '203.0.113.9 - ann [10/Oct/2024:13:55:37 -0700] "POST /notes HTTP/1.1" 201 12 "-" "curl"',
        '198.51.100.7 - - [10/Oct/2024:13:55:38 -0700] "\\x16\\x03" 400 0 "-" "-"',
      ].join('\n'),
    );
    expect(read.source).toBe('access-log');
    expect(read.exchanges[0]).toMatchObject({
      ...{
        session: '203.0.113.9',
        recordedStatus: 200,
        sentAt: Date.UTC(2024, 9, 10, 20, 55, 36),
        response: null,
      },
      request: { method: 'GET', path: '/notes?q=a%20b' },
    });
    expect(read.exchanges[1]?.withheld).toContain('no request body');
    expect(read.warnings.join('\n')).toMatch(/1 left out: the line is no access log entry[\s\S]*login\.yaml/);
  });

  it.each([
    [
      'nginx',
      { time: '2024-01-01T00:00:00Z', request: 'GET /a?b=1 HTTP/1.1', status: '404', remote_addr: '::1' },
    ],
    ['pino', { time: 1704067200000, req: { method: 'GET', url: '/a?b=1' }, res: { statusCode: 404 } }],
    ['Caddy', { ts: 1704067200.0, request: { method: 'GET', uri: '/a?b=1', host: 'x.test' }, status: 404 }],
    [
      'a load balancer',
      {
        timestamp: '2024-01-01T00:00:00Z',
        httpRequest: { requestMethod: 'GET', requestUrl: 'https://x.test/a?b=1', status: 404 },
      },
    ],
  ])('of JSON lines as %s writes them', async (_, line) => {
    const read = await traffic(`${JSON.stringify(line)}\n`);
    expect(lines(read)).toEqual(['GET /a?b=1']);
    expect(read.exchanges[0]).toMatchObject({ recordedStatus: 404, sentAt: 1704067200000 });
  });
});

describe('an OpenAPI description', () => {
  const YAML = `
openapi: 3.1.0
servers: [{ url: https://api.example.com/v1 }]
paths:
  /notes:
    get:
      parameters: [{ name: limit, in: query, required: true, schema: { type: integer, minimum: 5 } }]
    post:
      security: [{ bearer: [] }]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }
  /notes/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string }, example: n 1 }]
    get: {}
  /tags/{tag}:
    get: { parameters: [{ name: tag, in: path, required: true, schema: { type: string } }] }
components:
  schemas:
    Note:
      type: object
      properties: { title: { type: string, minLength: 6 }, done: { type: boolean }, kind: { enum: [memo, task] }, parent: { $ref: '#/components/schemas/Note' }, id: { type: string, readOnly: true } }
`;
  it('gives a request for each operation, bodies from schemas, and makes up no path parameter', async () => {
    const read = await traffic(YAML);
    expect(lines(read)).toEqual(['GET /v1/notes?limit=5', 'POST /v1/notes', 'GET /v1/notes/n%201']);
    expect(JSON.parse(text(read.exchanges[1]))).toMatchObject({ title: 'textxx', done: true, kind: 'memo' });
    expect(read.warnings.join('\n')).toMatch(
      /no example for the path parameter "tag"[\s\S]*1 of 3 operations need a login/,
    );
  });

  it('that is version 2, or a bomb of aliases, is refused in one sentence', async () => {
    await expect(traffic('swagger: "2.0"\npaths: {}\n')).rejects.toThrow(/version 2\.0 is not 3\.x/);
    const bomb = `openapi: 3.0.0\na: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}*a]\nc: &c [${'*b,'.repeat(9)}*b]\nd: [${'*c,'.repeat(9)}*c]\n`;
    await expect(traffic(bomb)).rejects.toThrow(/is no OpenAPI 3 description: .*alias/i);
  });
});

it('a Postman collection gives its requests in order, with variables, auth and saved answers; scripts do not run', async () => {
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  const read = await traffic(
    JSON.stringify({
      info: { name: 'Notes', schema },
      auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
      variable: [
        { key: 'base', value: 'http://api.test/v1' },
        { key: 'token', value: 't-1' },
      ],
      item: [
        {
          name: 'folder',
          item: [
            {
              request: {
                method: 'POST',
                url: { raw: '{{base}}/notes/:id?x=1', variable: [{ key: 'id', value: '7' }] },
                body: { mode: 'raw', raw: '{"a":"{{token}}"}' },
              },
              response: [{ code: 201, status: 'Created', header: [{ key: 'X-A', value: '1' }], body: '{}' }],
            },
          ],
        },
        { request: { method: 'GET', url: '{{base}}/{{unknown}}' } },
        { request: { method: 'POST', url: '{{base}}/f', body: { mode: 'formdata' } } },
      ],
    }),
  );
  expect(lines(read)).toEqual(['POST /v1/notes/7?x=1', 'GET /v1/{{unknown}}']);
  expect(text(read.exchanges[0])).toBe('{"a":"t-1"}');
  expect(read.exchanges[0]?.request.headers).toContainEqual(['Authorization', 'Bearer t-1']);
  expect(read.exchanges[0]?.response).toMatchObject({ status: 201, reason: 'Created' });
  expect(read.exchanges[1]?.withheld).toContain('no value');
  expect(read.warnings.join('\n')).toMatch(/mode "formdata" are not read[\s\S]*unknown/);
});

it.each([
  ['plain', (gor: string) => Buffer.from(gor)],
  ['gzipped', (gor: string) => gzipSync(gor)],
])(
  'a GoReplay file, %s, pairs requests with recorded answers in the order they were sent',
  async (_, pack) => {
    const id = (n: number) => String(n).repeat(24);
    const payloads = [
      `1 ${id(2)} 2000000000\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n`,
      `1 ${id(1)} 1000000000\nPOST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n`,
      `2 ${id(1)} 1500000000 25000000\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok`,
      `3 ${id(1)} 1600000000 25000000\nHTTP/1.1 500 No\r\n\r\n`,
      `1 ${id(3)} 3000000000\nPOST /cut HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf`,
    ];
    const read = await traffic(pack(`${payloads.join('\n🐵🙈🙉\n')}\n🐵🙈🙉\n`));
    expect(lines(read)).toEqual(['POST /a', 'GET /b', 'POST /cut']);
    expect(text(read.exchanges[0])).toBe('body');
    expect(read.exchanges[0]?.response).toMatchObject({ status: 201, reason: 'Created', totalMs: 25 });
    expect(read.exchanges[2]?.withheld).toContain('cut off');
    expect(read.warnings.join('\n')).toMatch(
      /1 left out: it is the answer of an earlier replay[\s\S]*2 of 3 requests have no recorded answer/,
    );
  },
);

describe('routes of the application', () => {
  const ROUTES = [
    { method: 'GET', path: '/notes' },
    { method: 'POST', path: '/notes' },
    { method: 'GET', path: '/notes/:id(\\d+)' },
    { method: 'GET', path: '/tags' },
  ];
  it('are asked for with success and at their edges, the same each time', async () => {
    const read = () => readTraffic('routes', { routes: ROUTES, state });
    const { exchanges, warnings } = await read();
    const variants = exchanges.map(
      ({ source, request }) => `${source.slice(7)} ${request.method} ${request.path}`,
    );
    expect(variants).toEqual(
      expect.arrayContaining([
        'success GET /notes',
        'trailing-slash GET /notes/',
        'case GET /NOTES',
        'head HEAD /notes',
        'options OPTIONS /notes',
        'wrong-method PATCH /notes',
        'malformed-json POST /notes',
        'empty-body POST /notes',
        'oversize POST /notes',
        'success GET /notes/1',
        'bad-escape GET /notes/%E0%A4%A',
        'repeated-query GET /notes?a=1&a=2&b[]=3&b[]=4&c[d]=5&e',
        'conditional-etag GET /notes',
        'range GET /notes',
      ]),
    );
    expect(variants).not.toContain('case POST /NOTES');
    expect((await read()).exchanges).toEqual(exchanges);
    expect(warnings.join('\n')).toContain('guessed (id)');
  });

  it('ask in other letters when nothing is left that it could change, and by writing only where nothing can be read', async () => {
    const known = [{ method: 'POST', path: '/import' }, { method: 'GET', path: '/export' }, ...ROUTES];
    const { exchanges } = await readTraffic('routes', { routes: known, state });
    const letters = exchanges.flatMap(({ source }, i) => (source === 'routes:case' ? i : []));
    expect(letters.map((i) => exchanges[i]?.request.path)).toEqual(
      expect.arrayContaining(['/EXPORT', '/NOTES', '/IMPORT']),
    );
    expect(letters).toEqual(letters.map((_, i) => exchanges.length - letters.length + i));
    expect(exchanges.at(-1)).toMatchObject({ request: { method: 'POST', path: '/IMPORT' } });
  });

  it('leave out the edges that requests.yaml says, and refuse names of none', async () => {
    const file = join(state, 'requests.yaml');
    writeFileSync(file, 'without: { "POST /notes": [empty-body, oversize] }');
    const { exchanges, warnings } = await readTraffic('routes', { routes: ROUTES, state });
    const asked = exchanges.filter(({ request }) => request.method === 'POST').map(({ source }) => source);
    expect(asked).toContain('routes:malformed-json');
    expect(asked).not.toContain('routes:empty-body');
    expect(warnings.join('\n')).toContain('left out in requests.yaml (oversize)');
    writeFileSync(file, 'without: { "POST /notes": [empty] }');
    await expect(readTraffic('routes', { routes: ROUTES, state })).rejects.toThrow('requests.yaml');
    rmSync(file);
  });

  it("take values from requests.yaml and a login from login.yaml, and replay with each side's own token", async () => {
    writeFileSync(
      join(state, 'requests.yaml'),
      'bodies: { "POST /notes": { title: hello } }\nheaders: { X-Client: t }\n',
    );
    writeFileSync(
      join(state, 'login.yaml'),
      'request: { path: /login, json: { user: ann, password: $TEST_PASSWORD } }\nanswer: { json: { token: LOGIN-TOKEN } }\nheaders: { Authorization: Bearer LOGIN-TOKEN }\n',
    );
    const read = await readTraffic('routes', { routes: ROUTES, state, env: { TEST_PASSWORD: 'hunter2' } });
    expect(text(read.exchanges[0])).toBe('{"user":"ann","password":"hunter2"}');
    expect(read.exchanges.map(({ index }) => index)).toEqual(read.exchanges.map((_, i) => i + 1));
    expect(read.exchanges.find(({ source }) => source.endsWith('missing-auth'))?.request.headers).toEqual([
      ['Host', 'localhost'],
    ]);
    const start = () => listen(notesApp());
    const sides = { old: await start(), again: await start(), new: await start() };
    // Without its oversize and malformed bodies: this little application crashes on those.
    const kept = read.exchanges.filter(({ source }) => /login|success|missing-auth|range|head/.test(source));
    const report = await runShadow(
      sides,
      { ...read, exchanges: kept },
      {
        ...{ writes: 'isolated', routes: ROUTES, limits: [], waivers: [], allow: [], timeoutMs: 3_000 },
      },
    );
    for (const side of Object.values(sides)) side.close();
    const statuses = Object.fromEntries(
      report.routes.map(({ route, statuses: seen }) => [route, Object.keys(seen)]),
    );
    expect(statuses).toMatchObject({
      'POST /login': ['200'],
      'POST /notes': ['201', '401'],
      'GET /notes': ['200', '401', '404'],
    });
    expect(report.cells.filter(({ explained }) => !explained)).toEqual([]);
    await expect(readTraffic('routes', { routes: ROUTES, state, env: {} })).rejects.toThrow(
      /TEST_PASSWORD is not set/,
    );
    rmSync(join(state, 'login.yaml'));
  });

  it('that traffic does not reach are listed as uncovered, with the reason', async () => {
    const log =
      '1.1.1.1 - - [10/Oct/2024:13:55:36 +0000] "GET /notes HTTP/1.1" 200 1\n1.1.1.1 - - [10/Oct/2024:13:55:36 +0000] "POST /notes HTTP/1.1" 201 1\n';
    const coverage = coverageOf(await traffic(log), ROUTES);
    expect(coverage.counts).toEqual({ routes: 4, covered: 1, uncovered: 3, withheld: 1 });
    expect(
      coverage.routes.map(({ route, statuses, reason }) => [route, Object.keys(statuses), reason]),
    ).toEqual([
      ['GET /notes', ['200'], undefined],
      ['POST /notes', ['201'], expect.stringContaining('no request body')],
      ['GET /notes/:id(\\d+)', [], 'no request reaches it'],
      ['GET /tags', [], 'no request reaches it'],
    ]);
  });
});

it('a route that takes every method is covered by a method that reads and one that writes', async () => {
  const entry = (method: string) =>
    `1.1.1.1 - - [10/Oct/2024:13:55:36 +0000] "${method} /any HTTP/1.1" 200 1\n`;
  const any = [{ method: 'ALL', path: '/any' }];
  const reasonOf = async (text: string) => coverageOf(await traffic(text), any).routes[0]?.reason;
  expect(await reasonOf(entry('GET'))).toBe('it takes every method, and only GET reaches it');
  const made = await readTraffic('routes', { routes: any, state: undefined, env: {} });
  expect(coverageOf(made, any).counts).toMatchObject({ covered: 1, uncovered: 0 });
});

it('an event stream that no recording tells the end of is listened to for a moment', async () => {
  const endless = () =>
    listen(
      createServer((_req, res) => {
        res.writeHead(200, { 'Content-Type': 'text/event-stream' });
        res.write('data: 1\n\n');
      }),
    );
  const sides = { old: await endless(), again: await endless(), new: await endless() };
  const read = await traffic('1.1.1.1 - - [10/Oct/2024:13:55:36 +0000] "GET /events HTTP/1.1" 200 1\n');
  const report = await runShadow(sides, read, {
    ...{ writes: 'refused', routes: [], limits: [], waivers: [], allow: [], timeoutMs: 9_000 },
  });
  for (const side of Object.values(sides)) side.close();
  expect(report.counts).toMatchObject({ compared: 1, differing: 0 });
  expect(report.durationMs).toBeLessThan(8_000);
});
