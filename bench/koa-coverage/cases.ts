import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { parse } from 'yaml';
import { Header, type RunCase, readRequest, readTree } from '../express-coverage/cases.ts';

/** One small Koa application with its requests, for one major version of Koa. */
export interface KoaCase extends RunCase {
  kind: 'member' | 'shape' | 'package' | 'adversarial';
  subject: string;
  koa: 2 | 3;
}

export const KINDS = ['member', 'shape', 'package', 'adversarial'] as const;

/** Reads every case: `<name>.<2|3|both>.<js|mjs|ts>`, or a folder of that name with `app.js`. */
export async function readCases(folder: string, versions: Record<string, string>): Promise<KoaCase[]> {
  const cases: KoaCase[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const match = /^(.+)\.(2|3|both)(\.(?:m?js|ts))?$/.exec(entry.name);
    if (match === null) throw new Error(`${entry.name} is not named like a case`);
    const path = join(folder, entry.name);
    const single = `app${match[3] ?? '.js'}`;
    const files = entry.isDirectory()
      ? await readTree(path)
      : new Map([[single, await readFile(path, 'utf8')]]);
    const main = files.has('app.ts') ? 'app.ts' : single;
    const majors =
      match[2] === 'both' ? ([2, 3] as const) : match[2] === '2' ? ([2] as const) : ([3] as const);
    for (const koa of majors) cases.push(readCase(match[1] ?? '', koa, main, files, versions));
  }
  return cases;
}

function readCase(
  name: string,
  koa: 2 | 3,
  entry: string,
  files: ReadonlyMap<string, string>,
  versions: Record<string, string>,
): KoaCase {
  const [, comment = ''] = /^\/\*\n([\s\S]*?)\n\*\//.exec(files.get(entry) ?? '') ?? [];
  const header = Header.parse(parse(comment));
  const kind = KINDS.find((each) => header[each] !== undefined);
  if (kind === undefined) throw new Error(`${name} does not say what it shows`);
  const manifest = {
    name: 'case',
    private: true,
    type: extname(entry) === '.mjs' || header.esm ? 'module' : 'commonjs',
    dependencies: {
      koa: koa === 2 ? '^2.16.4' : '^3.3.0',
      ...Object.fromEntries(header.packages.map((each) => [each, versions[each] ?? '*'])),
    },
  };
  return {
    ...{ id: `${name}@${koa}`, kind, subject: header[kind] ?? name, koa, entry },
    installedAs: { koa: koa === 2 ? 'koa2' : 'koa' },
    files: new Map([...files, ['package.json', `${JSON.stringify(manifest, null, 2)}\n`]]),
    modules: new Map(),
    requests: header.requests.map(readRequest),
    cookies: header.cookies,
    concurrent: header.concurrent,
    mask: header.mask.map((each) => new RegExp(each, 'gi')),
  };
}
