import { generateKeyPairSync } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordingIo } from '../testing/io.ts';
import { main } from './main.ts';

const { privateKey } = generateKeyPairSync('ec', {
  ...{ namedCurve: 'P-256' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const keyLine = privateKey.split('\n')[1] ?? '';
const coded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (part: string): string =>
  `${coded({ alg: 'HS256' })}.${coded({ sub: part })}.${Buffer.from(`signature of ${part}`).toString('base64url')}`;

/** Twenty secrets by where they stand. */
const SECRETS = {
  bearer: 'b3arer-Plant-001-xyz',
  basic: 'b4sic-Plant-002-xyz',
  cookie: 'c00kie-Plant-003-xyz',
  setCookie: 's3tcookie-Plant-004-xyz',
  jwt: jwt('plant-005'),
  queryKey: 'qu3ry-Plant-006-xyz',
  jsonKey: 'js0n-Plant-007-xyz',
  formKey: 'f0rm-Plant-008-xyz',
  headerKey: 'h3ader-Plant-009-xyz',
  password: 'p4ss Plant/010+x&z',
  short: 'pw!011x',
  pem: keyLine,
  connection: 'c0nnect-Plant-013-xyz',
  userinfo: 'us3rinfo-Plant-014-xyz',
  github: 'ghp_PlantPlantPlantPlantPlantPlant015abc',
  aws: 'AKIAPLANT016ABCDEFGH',
  stripe: 'sk_live_Plant017abcdefgh',
  issued: '1ssued-Plant-018-xyz',
  csrf: 'csrf-Plant-019-xyz-1',
  multipart: 'mult1part-Plant-020-xyz',
} as const;

/** Answers with secrets that differ from side to side where they are compared, prints all it knows, and dies of it. */
const app = (side: string) => `
const http = require('node:http');
const S = ${JSON.stringify(SECRETS)};
const own = (secret) => secret + '${side}';
const pem = ${JSON.stringify(privateKey)};
console.log('connecting to postgres://app:' + S.connection + '@db.internal:5432/shop');
http.createServer((req, res) => {
  const parts = [];
  req.on('data', (chunk) => parts.push(chunk));
  req.on('end', () => {
    const body = Buffer.concat(parts).toString();
    console.log(req.method, req.url, JSON.stringify(req.headers), body);
    console.error('warn: user said ' + S.password + ' and ' + S.short + ', cookie ' + S.cookie + ' = ' + encodeURIComponent(S.password));
    console.error('issued ' + own(S.issued) + ' for basic ' + S.basic + ' in base64 ' + Buffer.from(S.password).toString('base64'));
    console.error(pem);
    if (req.url === '/die' && '${side}' !== '') {
      console.error(new Error('no access with ' + S.github + ' ' + S.aws + ' ' + S.stripe + ' ' + S.jwt + ' ' + S.issued + '\\n' + pem).stack);
      return process.exit(1);
    }
    res.setHeader('Set-Cookie', 'sid=' + own(S.setCookie) + '; Path=/');
    res.setHeader('X-Api-Key', own(S.headerKey));
    res.setHeader('Location', '/next?access_token=' + own(S.queryKey));
    if (req.url.startsWith('/page')) {
      res.setHeader('Content-Type', 'text/html');
      return res.end('<input name=_csrf value="' + own(S.csrf) + '"><p>' + S.password + '${side} https://u:' + own(S.userinfo) + '@h/ ' + pem + '${side}</p>');
    }
    if (req.url.startsWith('/text')) {
      res.setHeader('Content-Type', 'text/plain');
      return res.end('key ' + own(S.github) + ' ' + S.aws + ' ${side} ' + own(S.stripe) + ' Bearer ' + own(S.bearer) + ' ' + S.jwt + '${side}');
    }
    const value = { token: own(S.issued), apiKey: [own(S.jsonKey)], note: S.short + '${side}', byToken: { [S.bearer]: '${side}' }, echo: body + '${side}' };
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(value));
  });
}).listen(process.env.PORT, '127.0.0.1');
`;

let root: string;
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'shadow-secrets-')));
  for (const [name, side] of [
    ['old', ''],
    ['new', '-N'],
  ] as const) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'package.json'), '{"name":"a","type":"commonjs","main":"server.js"}');
    writeFileSync(join(root, name, 'server.js'), app(side));
  }
  const s = SECRETS;
  const basic = Buffer.from(`ann:${s.basic}`).toString('base64');
  const headers = (all: Record<string, string>) =>
    Object.entries(all).map(([name, value]) => ({ name, value }));
  const entry = (method: string, path: string, all: Record<string, string>, text?: string) => ({
    request: {
      ...{ method, url: `http://shop.test${path}`, headers: headers(all) },
      ...(text !== undefined && { postData: { mimeType: all['Content-Type'], text } }),
    },
    response: { status: 200, statusText: 'OK', headers: [], content: {} },
  });
  const json = { 'Content-Type': 'application/json' };
  const multipart = `--xx\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${s.multipart}\r\n--xx--\r\n`;
  const entries = [
    entry('POST', '/login', json, JSON.stringify({ user: 'ann', password: s.password, passphrase: s.short })),
    entry('GET', `/me?api_key=${s.queryKey}`, {
      Authorization: `Bearer ${s.bearer}`,
      Cookie: `sid=${s.cookie}; theme=dark`,
    }),
    entry('GET', '/admin', { Authorization: `Basic ${basic}`, 'X-Api-Key': s.headerKey }),
    entry(
      'POST',
      '/keys',
      json,
      JSON.stringify({ nested: [{ apiKey: s.jsonKey, csrf: s.csrf, jwt: s.jwt }] }),
    ),
    entry(
      'POST',
      '/form',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      `user[password]=${s.formKey}&a=1`,
    ),
    entry('POST', '/multi', { 'Content-Type': 'multipart/form-data; boundary=xx' }, multipart),
    entry('GET', `/reset/${s.jwt}?next=https://u:${s.userinfo}@h/`, {
      Referer: `https://u:${s.userinfo}@h/?token=${s.issued}`,
    }),
    entry('GET', '/page', {}),
    entry('GET', '/text', {}),
    entry('PUT', `/token/${s.bearer}`, json, JSON.stringify({ secret: s.stripe })),
    entry('GET', '/die', {}),
    entry('GET', `/after?token=${s.issued}`, {}),
  ];
  writeFileSync(join(root, 'traffic.har'), JSON.stringify({ log: { version: '1.2', entries } }));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs a command; `said` is all that it printed, its progress and its documents as well. */
async function migrate(...args: string[]): Promise<{ code: number; said: string }> {
  const progress: (string | null)[] = [];
  const { io, printed } = recordingIo(root, { progress: (text) => void progress.push(text) });
  const code = await main(args, io);
  const documents = printed.documents.map((document) => JSON.stringify(document));
  return { code, said: [...printed.said, ...progress, ...documents].join('\n') };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  );

/** A text in every form in which a secret could stand in it. */
function* forms(bytes: Buffer): Generator<string> {
  yield bytes.toString('latin1');
  try {
    yield gunzipSync(bytes).toString('latin1');
  } catch {
    // Not compressed.
  }
  const text = bytes.toString('utf8');
  yield text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => decodeURIComponent(run));
  yield text.replaceAll(/\\u00([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  yield (text.match(/[\w+/-]{8,}={0,2}/g) ?? [])
    .map((run) => Buffer.from(run, 'base64').toString('latin1'))
    .join('\n');
  yield text.replaceAll('&amp;', '&').replaceAll('&#x2F;', '/').replaceAll('&#43;', '+');
}

const leaks = (bytes: Buffer): string[] => {
  const all = [...forms(bytes)];
  return Object.entries(SECRETS).flatMap(([name, secret]) =>
    all.some((one) => one.includes(secret)) ? [name] : [],
  );
};

it('twenty secrets in traffic, answers, logs and a crash are in no file under .migrate and in no report', async () => {
  const sides = ['--old', 'node:old', '--new', 'node:new', '--traffic', 'traffic.har', '--no-attribute'];
  const { code, said } = await migrate('shadow', 'run', ...sides, '--writes', 'isolated');
  expect(code, said).toBe(1);
  expect(said).toContain('The new side ended at ALL /die');
  const gate = await migrate('shadow', 'gate', '--junit', '.migrate/junit.xml', '--json');
  expect(gate.code).not.toBe(0);
  const found = filesIn(join(root, '.migrate')).map((file) => [
    file.slice(root.length),
    leaks(readFileSync(file)),
  ]);
  const names = found.map(([name]) => String(name));
  for (const end of [
    'report.html',
    'report.md',
    'report.json',
    'aggregate.json',
    'junit.xml',
    'new/stderr.log',
  ])
    expect(
      names.some((name) => name.endsWith(end)),
      end,
    ).toBe(true);
  expect(found.filter(([, secrets]) => secrets?.length)).toEqual([]);
  expect(leaks(Buffer.from(said))).toEqual([]);
  expect(leaks(Buffer.from(gate.said))).toEqual([]);
  // The logs are still there, and worth reading.
  const log = filesIn(join(root, '.migrate')).find((file) => file.endsWith('new/stderr.log')) ?? '';
  expect(statSync(log).size).toBeGreaterThan(500);
  expect(readFileSync(log, 'utf8')).toMatch(
    /warn: user said REDACTED-\w+ and REDACTED-\w+, cookie REDACTED-/,
  );
  // What is looked for is found where nothing is taken out.
  expect(leaks(readFileSync(join(root, 'traffic.har'))).length).toBeGreaterThan(12);
});

it('a side that does not start says why without its secrets', async () => {
  writeFileSync(
    join(root, 'new', 'broken.js'),
    `throw new Error('postgres://app:${SECRETS.connection}@db ${SECRETS.github}')`,
  );
  const { code, said } = await migrate(
    ...[
      'shadow',
      'run',
      '--old',
      'node:old',
      '--new',
      'node:new',
      '--new-entry',
      'broken.js',
      '--traffic',
      'traffic.har',
    ],
  );
  expect(code).toBe(3);
  expect(said).toContain('ended with exit code 1');
  expect(leaks(Buffer.from(said))).toEqual([]);
  for (const file of filesIn(join(root, '.migrate')))
    expect([file, leaks(readFileSync(file))]).toEqual([file, []]);
});
