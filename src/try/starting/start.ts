import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Inventory } from '../../model/inventory.ts';
import { entryFile } from '../../plan/project.ts';
import { findEntry, readStartScript } from '../../runtimes/index.ts';
import { buildOf, notBuilt } from './build.ts';
import { functionsToServe, serveFunctions } from './functions/serve.ts';
import type { Given, Start } from './given.ts';

/** Programs of packages that serve what the folder, or the file they are given, holds: that file alone starts nothing. */
const SERVING = new Set(['fastify', 'next', 'nuxt', 'remix-serve', 'react-router-serve', 'micro', 'strapi']);

/** What a build of Next writes; one that failed midway leaves the first alone. */
const OF_NEXT = ['BUILD_ID', 'prerender-manifest.json'];

/**
 * The file that production starts: as asked for, the program that its start script names (`next start`), as the
 * Dockerfile, Procfile or start script says, or a usual name. Functions of AWS Lambda without a server of their own are
 * put behind a local gateway.
 *
 * @throws MigrateError NO_ENTRY (exit code 3)
 */
export async function findStart(given: Given, dir: string): Promise<Start> {
  const { inventory } = given;
  const found = (entry: string, notes: string[] = []): Start => ({ entry, notes });
  if (given.entry !== undefined) return found(await findEntry(dir, 'node', given.entry));
  const isThere = (path: string) => statSync(join(dir, path), { throwIfNoEntry: false })?.isFile();
  const named = entryFile(inventory);
  const byImage = inventory.entryPoints.some(
    ({ kind, file }) => (kind === 'dockerfile' || kind === 'procfile') && file === named,
  );
  const script = byImage ? null : await readStartScript(dir);
  if (script?.program !== undefined && SERVING.has(script.program)) {
    const isBuilt =
      script.program !== 'next' || OF_NEXT.every((name) => existsSync(join(dir, '.next', name)));
    return isBuilt ? found(script.entry) : { entry: null, unbuilt: 'the build in .next' };
  }
  const functions = byImage ? [] : functionsToServe(inventory);
  if (functions.length > 0) return serveFunctions(functions, dir);
  // A Dockerfile may name a file as it is called in the image; a script then says where it is built.
  const points = inventory.entryPoints.filter(
    ({ kind, name, file }) => file === named || kind === 'main' || (kind === 'script' && /^start/.test(name)),
  );
  points.sort((one, other) => Number(other.file === named) - Number(one.file === named));
  const there = points
    .flatMap(({ file }) => [file, `${file}.js`, `${file}/index.js`])
    .find((path) => isThere(path));
  if (there) return found(there);
  const built = points.find(
    ({ file, source }) => source !== file && (source !== null || isOutput(file, inventory)),
  );
  if (built && buildOf(inventory) !== null) return { entry: null, unbuilt: built.file };
  return found(await findEntry(dir, 'node'));
}

/**
 * The file that production starts, in a copy that is set up.
 *
 * @throws MigrateError NO_ENTRY, NOT_BUILT (exit code 3)
 */
export async function entryOf(given: Given, dir: string): Promise<string> {
  const start = await findStart(given, dir);
  if (start.entry === null) throw notBuilt(start.unbuilt);
  return start.entry;
}

/** A file that a start script or an image names and that only a build can have made: bundlers keep no source's name. */
const isOutput = (file: string, { entryPoints }: Inventory): boolean =>
  entryPoints.some((point) => point.file === file && point.kind !== 'main') &&
  /^\.?(?:dist|build|out|lib|output|compiled)\//.test(file);
