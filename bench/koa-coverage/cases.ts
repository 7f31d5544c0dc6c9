import { extname } from 'node:path';
import { parse } from 'yaml';
import {
  Header,
  KINDS,
  type Kind,
  type RunCase,
  readRequest,
  writtenCases,
} from '../express-coverage/cases.ts';

/** One small Koa application with its requests, for one major version of Koa. */
export interface KoaCase extends RunCase {
  kind: Kind;
  subject: string;
  koa: 2 | 3;
}

/** Reads every case: `<name>.<2|3|both>.<js|mjs|ts>`, or a folder of that name with `app.js`. */
export async function readCases(folder: string, versions: Record<string, string>): Promise<KoaCase[]> {
  const written = await writtenCases(folder, [2, 3]);
  return written.map(({ name, major, entry, files }) => readCase(name, major, entry, files, versions));
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
