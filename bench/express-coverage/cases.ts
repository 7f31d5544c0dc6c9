import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const METHOD = /^[A-Z]+$/;

/** A request as a case writes it: `GET /path`, or a mapping whose first key is the method. */
const Written = z.union([
  z.string().regex(/^[A-Z]+ \S+$/),
  z.looseObject({
    headers: z.record(z.string(), z.string()).default({}),
    json: z.unknown().optional(),
    body: z.string().optional(),
    type: z.string().optional(),
    timeout: z.number().optional(),
  }),
]);

/** What the comment that opens a case says of it. */
export const Header = z.strictObject({
  member: z.string().optional(),
  shape: z.string().optional(),
  package: z.string().optional(),
  adversarial: z.string().optional(),
  /** What sets the case apart from the everyday one of the same name. */
  variant: z.string().optional(),
  packages: z.array(z.string()).default([]),
  /** A TypeScript case is an ES module by its package.json. */
  esm: z.boolean().default(false),
  files: z.array(z.string()).default([]),
  /** Whether cookies that the server sets are sent back. */
  cookies: z.boolean().default(false),
  /** All requests are sent at once. */
  concurrent: z.boolean().default(false),
  /** The codemod runs with `--in-place`. */
  inPlace: z.boolean().default(false),
  /** Regular expressions of what differs from run to run. */
  mask: z.array(z.string()).default([]),
  requests: z.array(Written).min(1),
});

export interface CaseRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | null;
  /** Milliseconds after which silence is the answer. */
  timeout: number;
}

export const KINDS = ['member', 'shape', 'package', 'adversarial'] as const;
export type Kind = (typeof KINDS)[number];

/** One small application with its requests, whatever it is written with. */
export interface RunCase {
  /** `res.json@4`. */
  id: string;
  /** Names in `node_modules` of packages that are there in several releases: `{ koa: 'koa2' }`; by `express` where absent. */
  installedAs?: Readonly<Record<string, string>>;
  express?: 4 | 5;
  /** The file that is started, relative to the case's folder. */
  entry: string;
  files: ReadonlyMap<string, string>;
  /** Packages of the case's own, by name: the text of their one module. The codemod sees the dependency, never the text. */
  modules: ReadonlyMap<string, string>;
  requests: CaseRequest[];
  cookies: boolean;
  concurrent: boolean;
  mask: RegExp[];
}

/** One small Express application with its requests, for one major version of Express. */
export interface CoverageCase extends RunCase {
  kind: Kind;
  /** The member, shape or package it stands for. */
  subject: string;
  variant: string | null;
  express: 4 | 5;
  /** The codemod runs with `--in-place`. */
  inPlace?: boolean;
}

/**
 * Reads every case: `<name>.<4|5|both>.<js|mjs|ts>`, or a folder `<name>.<4|5|both>/` with `app.js` or `app.ts`. The comment that opens
 * the file says in YAML what it shows and which requests it gets. `modules/<name>.js` in a folder is a package it depends on.
 */
export async function readCases(folder: string, versions: Record<string, string>): Promise<CoverageCase[]> {
  const written = await writtenCases(folder, [4, 5]);
  return written.map(({ name, major, entry, files }) => readCase(name, major, entry, files, versions));
}

/** A case as it is written, once for each release of the framework that its name says. */
interface WrittenCase<Major extends number> {
  name: string;
  major: Major;
  entry: string;
  files: ReadonlyMap<string, string>;
}

/** Every case of a folder, of a framework with these two releases, in the order of their names. */
export async function writtenCases<Major extends number>(
  folder: string,
  majors: readonly [Major, Major],
): Promise<WrittenCase<Major>[]> {
  const cases: WrittenCase<Major>[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  const form = new RegExp(`^(.+)\\.(${majors.join('|')}|both)(\\.(?:m?js|ts))?$`);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const match = form.exec(entry.name);
    if (match === null) throw new Error(`${entry.name} is not named like a case`);
    const path = join(folder, entry.name);
    const single = `app${match[3] ?? '.js'}`;
    const files = entry.isDirectory()
      ? await readTree(path)
      : new Map([[single, await readFile(path, 'utf8')]]);
    const main = files.has('app.ts') ? 'app.ts' : single;
    for (const major of majors)
      if (match[2] === 'both' || match[2] === String(major))
        cases.push({ name: match[1] ?? '', major, entry: main, files });
  }
  return cases;
}

/** The files of a case that is a folder. */
async function readTree(root: string): Promise<Map<string, string>> {
  const tree = new Map<string, string>();
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile()) tree.set(relative(root, file).split(sep).join('/'), await readFile(file, 'utf8'));
  }
  return tree;
}

function readCase(
  name: string,
  express: 4 | 5,
  entry: string,
  texts: ReadonlyMap<string, string>,
  versions: Record<string, string>,
): CoverageCase {
  const [, comment = ''] = /^\/\*\n([\s\S]*?)\n\*\//.exec(texts.get(entry) ?? '') ?? [];
  const header = Header.parse(parse(comment));
  const kind = KINDS.find((each) => header[each] !== undefined);
  if (kind === undefined) throw new Error(`${name} does not say what it shows`);
  const typescript = extname(entry) === '.ts';
  const modules = new Map<string, string>();
  const files = new Map<string, string>();
  for (const [path, text] of texts) {
    const own = /^modules\/(.+)\.js$/.exec(path)?.[1];
    if (own === undefined) files.set(path, text);
    else modules.set(own, text);
  }
  const manifest = {
    name: 'case',
    private: true,
    type: extname(entry) === '.mjs' || header.esm ? 'module' : 'commonjs',
    dependencies: {
      express: express === 4 ? '^4.22.3' : '^5.3.0',
      ...Object.fromEntries(header.packages.map((each) => [each, versions[each] ?? '*'])),
      ...Object.fromEntries([...modules.keys()].map((each) => [each, '1.0.0'])),
    },
    ...(typescript && { devDependencies: { '@types/express': '^5.0.6', '@types/node': '*' } }),
  };
  return {
    id: `${name}@${express}`,
    kind,
    subject: header[kind] ?? name,
    variant: header.variant ?? null,
    express,
    entry,
    files: new Map([...files, ['package.json', `${JSON.stringify(manifest, null, 2)}\n`]]),
    modules,
    requests: header.requests.map(readRequest),
    cookies: header.cookies,
    concurrent: header.concurrent,
    inPlace: header.inPlace,
    mask: header.mask.map((each) => new RegExp(each, 'gi')),
  };
}

/** A request as it is sent. */
export function readRequest(written: z.infer<typeof Written>): CaseRequest {
  if (typeof written === 'string') {
    const [method = '', path = ''] = written.split(' ');
    return { method, path, headers: {}, body: null, timeout: 2_000 };
  }
  const method = Object.keys(written).find((key) => METHOD.test(key));
  if (method === undefined) throw new Error(`${JSON.stringify(written)} has no method`);
  const json = written.json !== undefined;
  const type = json ? 'application/json' : written.type;
  return {
    method,
    path: String(written[method]),
    headers: { ...(type !== undefined && { 'Content-Type': type }), ...written.headers },
    body: json ? JSON.stringify(written.json) : (written.body ?? null),
    timeout: written.timeout ?? 2_000,
  };
}
