import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MigrateError } from '../../model/errors.ts';
import { readWranglerFile } from '../workers/wrangler-file.ts';
import { readStartScript } from './start-script.ts';

/** Names tried when package.json says nothing, in the order projects use them. */
const USUAL = ['server', 'index', 'app', 'main'].flatMap((name) => [name, `src/${name}`]);
const EXTENSIONS = ['.js', '.mjs', '.cjs', '.ts', '.mts'];
/**
 * The file to start an application with: what was given, else what its Wrangler file (for Workers), its `start`
 * script, `main` or a usual name says.
 *
 * @returns a path relative to `dir`, with `/`
 * @throws MigrateError NO_SUCH_FOLDER, NO_ENTRY
 */
export async function findEntry(dir: string, runtime: string, given?: string): Promise<string> {
  if (!(await stat(dir).catch(() => null))?.isDirectory()) {
    throw new MigrateError('NO_SUCH_FOLDER', `There is no folder ${dir}.`);
  }
  if (given) {
    if (await isFile(dir, given)) return given;
    throw new MigrateError('NO_ENTRY', `There is no file ${given} in ${dir} to start.`, {
      hint: 'Name the file relative to that folder, or leave it out: package.json says what is started.',
    });
  }
  const candidates = [
    ...(runtime === 'workers' ? [(await readWranglerFile(dir))?.main] : []),
    ...(await fromPackage(dir)),
    ...USUAL.flatMap((name) => EXTENSIONS.map((extension) => name + extension)),
  ];
  for (const candidate of candidates) {
    if (candidate && (await isFile(dir, candidate))) return candidate.replace(/^\.\//, '');
  }
  throw new MigrateError('NO_ENTRY', `No file to start was found in ${dir}.`, {
    hint: 'Name it in package.json: "scripts": { "start": "node server.js" } or "main": "server.js".',
  });
}

async function fromPackage(dir: string): Promise<(string | undefined)[]> {
  let text: string;
  try {
    text = await readFile(join(dir, 'package.json'), 'utf8');
  } catch {
    return [];
  }
  try {
    const { scripts, main, module } = JSON.parse(text);
    const start = typeof scripts?.start === 'string' ? (await readStartScript(dir))?.entry : undefined;
    return [start, ...[main, module].map((one) => (typeof one === 'string' ? one : undefined))];
  } catch (cause) {
    throw new MigrateError('BAD_PACKAGE_JSON', `${join(dir, 'package.json')} is no valid JSON.`, { cause });
  }
}

const isFile = async (dir: string, path: string): Promise<boolean> =>
  Boolean((await stat(join(dir, path)).catch(() => null))?.isFile());
