import { readdir } from 'node:fs/promises';

/**
 * Imports the default export of every module in a folder: how registries find runtimes, detectors, commands and
 * traffic sources without a list to edit. Tests, declarations and files starting with `_` are no entries.
 *
 * @param folder URL of the folder, usually `new URL('./sources/', import.meta.url)`
 * @param only the group of files wanted: `shadow` for `shadow.ts` and `shadow-gate.ts`; all when there is none
 */
export async function discover<T>(folder: URL, only?: string): Promise<T[]> {
  const all = (await readdir(folder)).filter(
    (name) => /\.(ts|js)$/.test(name) && !/(\.d|\.test)\.(ts|js)$/.test(name) && !name.startsWith('_'),
  );
  const group = all.filter((name) => only !== undefined && name.split(/[-.]/)[0] === only);
  const names = group.length > 0 ? group : all;
  const modules = await Promise.all(names.sort().map((name) => import(new URL(name, folder).href)));
  return modules.map((module) => module.default as T);
}
