import { readdir } from 'node:fs/promises';

/**
 * Imports the default export of every module in a folder: how registries find runtimes, detectors, commands and
 * traffic sources without a list to edit. Tests, declarations and files starting with `_` are no entries.
 *
 * @param folder URL of the folder, usually `new URL('./sources/', import.meta.url)`
 */
export async function discover<T>(folder: URL): Promise<T[]> {
  const names = (await readdir(folder)).filter(
    (name) => /\.(ts|js)$/.test(name) && !/(\.d|\.test)\.(ts|js)$/.test(name) && !name.startsWith('_'),
  );
  const modules = await Promise.all(names.sort().map((name) => import(new URL(name, folder).href)));
  return modules.map((module) => module.default as T);
}
