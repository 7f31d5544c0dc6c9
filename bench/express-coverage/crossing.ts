import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembleParity } from '../../codemods/express-to-hono/parity/assemble.ts';
import { parseSpec, provisionRuntime } from '../../src/runtimes/index.ts';
import type { CaseRequest, CoverageCase } from './cases.ts';
import { answers, HERE, repositoryRoot } from './run.ts';

/** A member that a Connect middleware behind `bridge` does not see as Express shows it at the same place. */
export interface Difference {
  /** `req.baseUrl`. */
  member: string;
  express: 4 | 5;
  runtime: string;
  /** The request at which it was seen. */
  at: string;
  /** What Express gives and what the bridge gives; null: there is no such member. */
  gives: string | null;
  lends: string | null;
}

export interface Crossing {
  differences: Difference[];
  /** `req.ip`, by the version of Express in which every look at it was the same. */
  same: Record<4 | 5, string[]>;
  /** How many values were compared. */
  compared: number;
}

const FORWARDED = {
  'X-Forwarded-For': '203.0.113.7, 10.0.0.1',
  'X-Forwarded-Proto': 'https',
  'X-Forwarded-Host': 'shop.example.com:8443',
};
const COOKIE = 'plain=1; list=j%3A%5B1%5D; signed=s%3Ax.wrong';

const asked = (place: string, line: string, headers: Record<string, string>, json?: string): CaseRequest => {
  const [method = '', path = ''] = line.split(' ');
  const type: Record<string, string> = json === undefined ? {} : { 'Content-Type': 'application/json' };
  return {
    method,
    path,
    headers: { 'X-Place': place, ...type, ...headers },
    body: json ?? null,
    timeout: 5_000,
  };
};

/** One place before all, one under a path, one behind parsers; each as an ordinary request and as a strange one. */
const REQUESTS: readonly CaseRequest[] = [
  asked('first', 'GET /plain', {}),
  asked('first', 'GET /a%20b/../c?a=1&a=2&b[c]=3&d', {
    ...FORWARDED,
    Cookie: COOKIE,
    'X-Requested-With': 'XMLHttpRequest',
  }),
  asked('first', 'POST /unread', { Accept: 'text/html', 'If-None-Match': '*' }, '{"a":1}'),
  asked('below', 'GET /below', {}),
  asked('below', 'GET /below/deep//er/?q=1', FORWARDED),
  asked('parsed', 'GET /parsed', { Cookie: COOKIE, Range: 'bytes=0-1' }),
  asked('parsed', 'POST /parsed?a=1', { Cookie: COOKIE, ...FORWARDED }, '{"a":[1,{"b":2}]}'),
];

type Seen = Record<'req' | 'res', Record<string, string>>;

/**
 * Looks at every member of request and response from a middleware in Express and from the same one behind `bridge`, on the
 * same runtime.
 *
 * @param names runtimes, as `migrate` names them; `here` is the Node that runs this
 */
export async function compareMembers(names: readonly string[]): Promise<Crossing> {
  const root = repositoryRoot();
  const folder = await mkdtemp(join(tmpdir(), 'bridge-members-'));
  const crossing: Crossing = { differences: [], same: { 4: [], 5: [] }, compared: 0 };
  try {
    const known = { 4: new Set<string>(), 5: new Set<string>() };
    for (const name of names) {
      const runtime = name === 'here' ? HERE : await provisionRuntime(await parseSpec(name));
      const label = name === 'here' ? 'node' : name;
      const cases = (await Promise.all(([4, 5] as const).map((version) => pair(root, version)))).flat();
      const { answers: found, failed } = await answers(root, runtime, join(folder, label), cases, 1);
      for (const [id, why] of failed) throw new Error(`${id} does not start on ${label}: ${why}`);
      const looks = (id: string) => (found.get(id) ?? []).map(({ body }): Seen => JSON.parse(body));
      for (const version of [4, 5] as const) {
        const lent = looks(`hono@${version}`);
        for (const [index, given] of looks(`express@${version}`).entries())
          compareLook(crossing, known[version], { version, label, index, given, lent: lent[index] });
      }
    }
    for (const version of [4, 5] as const) {
      const differing = new Set(
        crossing.differences.filter(({ express }) => express === version).map(({ member }) => member),
      );
      crossing.same[version] = [...known[version]].filter((member) => !differing.has(member)).sort();
    }
    return crossing;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function compareLook(
  crossing: Crossing,
  known: Set<string>,
  look: { version: 4 | 5; label: string; index: number; given: Seen; lent: Seen | undefined },
): void {
  const { version, label, index, given, lent } = look;
  if (lent === undefined) throw new Error(`The bridge gave no answer to request ${index} on ${label}`);
  const { method, path } = REQUESTS[index] ?? { method: '', path: '' };
  for (const side of ['req', 'res'] as const) {
    for (const name of new Set([...Object.keys(given[side]), ...Object.keys(lent[side])])) {
      const member = `${side}.${name}`;
      const [gives, lends] = [given[side][name] ?? null, lent[side][name] ?? null];
      known.add(member);
      crossing.compared += 1;
      // What is there and undefined reads as what is not there.
      if ((gives ?? 'undefined undefined') === (lends ?? 'undefined undefined')) continue;
      const about = { member, express: version, runtime: label, at: `${method} ${path}` };
      crossing.differences.push({ ...about, gives, lends });
    }
  }
}

/** The two applications of a version, as cases with the same requests. */
async function pair(
  root: string,
  version: 4 | 5,
): Promise<{ one: CoverageCase; tree: ReadonlyMap<string, string> }[]> {
  const file = (name: string) =>
    readFile(join(root, 'bench', 'express-coverage', `crossing-${name}`), 'utf8');
  const parity = assembleParity({
    names: ['bridge', 'cookies', 'expressRouting', 'jsonBody', 'poweredBy'],
    ...{ format: 'cjs', typescript: false, expressVersion: version },
  });
  const spy = await file('spy.cjs');
  const made = (
    name: string,
    text: string,
    dependencies: Record<string, string>,
    more: [string, string][],
  ) => {
    const tree = new Map([
      [`${name}.cjs`, text],
      ['spy.cjs', spy],
      ['package.json', JSON.stringify({ express: version, dependencies })],
      ...more,
    ]);
    const one: CoverageCase = {
      ...{ id: `${name}@${version}`, kind: 'package', subject: 'bridge', variant: null, express: version },
      ...{ entry: `${name}.cjs`, files: tree, modules: new Map(), requests: [...REQUESTS] },
      ...{ cookies: false, concurrent: false, mask: [] },
    };
    return { one, tree };
  };
  const ranges = { express: version === 4 ? '^4.22.3' : '^5.3.0', 'cookie-parser': '*' };
  return [
    made('express', await file('express.cjs'), ranges, []),
    made('hono', await file('hono.cjs'), { hono: '*', '@hono/node-server': '*', ...parity.dependencies }, [
      ['express-parity.cjs', parity.text],
    ]),
  ];
}
