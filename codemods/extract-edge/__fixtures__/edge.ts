import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchApp, parseSpec, provisionRuntime, type RunningApp } from '../../../src/runtimes/index.ts';
import { type EdgeRoutes, type EdgeTarget, entryName, folderFiles } from '../folder.ts';

const packages = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const SPECS: Readonly<Record<EdgeTarget, string>> = {
  ...{ workers: 'workers', node: 'node@22', bun: 'bun@1.4', deno: 'deno@2' },
};

/** Writes the files of an edge folder with packages beside them; what stands there is started by `startEdge`. */
export async function writeEdge(files: ReadonlyMap<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'extract-edge-'));
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await symlink(packages, join(folder, 'node_modules'));
  return folder;
}

/** The layer alone, or in front of a module that answers some paths. */
export function layer(target: EdgeTarget, routes: EdgeRoutes | null, module = ''): Map<string, string> {
  const files = folderFiles({ target, name: 'app', routes, dependencies: {} });
  return routes === null ? files : files.set('routes.mjs', module);
}

/** Starts an edge folder in front of an origin. */
export async function startEdge(
  target: EdgeTarget,
  folder: string,
  env: Record<string, string>,
): Promise<RunningApp & { remove(): Promise<void> }> {
  const runtime = await provisionRuntime(await parseSpec(SPECS[target]));
  const runFolder = join(folder, `run-${Math.random().toString(36).slice(2)}`);
  const app = await launchApp(runtime, { dir: folder, entry: entryName(target), runFolder, env });
  const remove = async () => {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...app, remove };
}
