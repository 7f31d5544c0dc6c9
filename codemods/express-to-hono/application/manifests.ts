import type { CodemodInput, SpanEdit } from '../../../src/codemod/contract.ts';
import type { LeftForYou } from '../../../src/model/changeset.ts';
import { SOURCE_FILE } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { manifestsAbove, nearestManifest } from '../../shared/edit/manifest.ts';
import { oldJest } from '../../shared/to-hono/old-jest.ts';
import { oldTypes } from '../../shared/to-hono/old-types.ts';
import { editManifest } from '../edit/manifest.ts';
import { mainApp } from '../facts/routes/sub-apps.ts';
import { PACKAGES, REPLACED_PACKAGES } from '../packages/_known.ts';
import { replacedBy } from '../packages/_native.ts';
import type { ParityModule } from '../parity/assemble.ts';
import { RUNTIME_TYPES, startScripts } from '../server/scripts.ts';
import type { Converted } from './converted.ts';

/** Packages whose middleware may have become Hono's. */
const NATIVE = [...PACKAGES.values()].flatMap(({ name, native }) => (native === undefined ? [] : [name]));

/** Packages that go from package.json once no file names them, with their types. */
const REPLACED = withTypes([...REPLACED_PACKAGES, 'method-override'].filter((name) => name !== 'multer'));

function withTypes(names: readonly string[]): string[] {
  return names.flatMap((name) => [name, `@types/${name}`]);
}

/** Any of them, quoted as an import names it: one look at each file of the repository. */
const MENTION = new RegExp(
  `['"\`](${[...REPLACED, ...NATIVE].filter((name) => !name.startsWith('@types/')).join('|')})(?:/[^'"\`]*)?['"\`]`,
  'g',
);

/** One package.json edit for each application's own manifest; applications may share one. */
export async function editManifests(
  input: CodemodInput,
  all: readonly Converted[],
  modules: ReadonlyMap<string, ParityModule>,
): Promise<{ edits: Map<string, SpanEdit[]>; notes: string[]; left: LeftForYou[] }> {
  const edits = new Map<string, SpanEdit[]>();
  const notes: string[] = [];
  const left: LeftForYou[] = [];
  const groups = new Map<string, Converted[]>();
  for (const one of all) {
    const app = mainApp(one.conversion.program);
    const path = await nearestManifest(input, app?.file.path ?? '');
    groups.set(path, [...(groups.get(path) ?? []), one]);
  }
  for (const [path, group] of groups) {
    const own = group.map(({ places }) => modules.get(places.parity));
    const dependencies: Record<string, string> = {};
    const devDependencies: Record<string, string> = {};
    for (const module of own) {
      Object.assign(dependencies, module?.dependencies);
      Object.assign(devDependencies, module?.devDependencies);
    }
    const kept = await keptPackages(input, path, all, dependencies);
    if (/"express"\s*:/.test((await input.read(path)) ?? '')) delete dependencies.express;
    const works = group.flatMap(({ conversion }) => [...conversion.files.values()]);
    const files = group.flatMap(({ conversion }) => conversion.program.files);
    const before = (await input.read(path)) ?? '';
    const served = group.flatMap(({ conversion: { ownServer, program } }) =>
      ownServer === null
        ? []
        : [
            {
              runtime: ownServer.runtime,
              listens: ownServer.listening.work.file.path,
              files: new Set(program.files.map((file) => file.path)),
              typescript: ownServer.listening.work.file.typescript,
            },
          ],
    );
    const start = before === '' ? { scripts: {}, left: [] } : startScripts(before, path, served);
    left.push(...start.left);
    for (const { runtime, typescript } of served)
      if (typescript) devDependencies[RUNTIME_TYPES[runtime][0]] = RUNTIME_TYPES[runtime][1];
    const native = group.flatMap(({ conversion: { program, options } }) =>
      replacedBy(program, options.natives),
    );
    const edit = await editManifest(input, path, {
      scripts: start.scripts,
      unused: [...REPLACED, ...withTypes(native)].filter((name) => !kept.has(name)),
      ...{ dependencies, devDependencies },
      server: works.some(({ wanted }) => wanted.has('@hono/node-server')),
      commonjs: files.every((file) => file.module === 'cjs' && !file.typescript),
    });
    if (files.some(({ typescript }) => typescript))
      left.push(...(await oldTypes(input, path, 'express-to-hono')));
    left.push(...(await oldJest(input, path, 'express-to-hono')));
    if (edit === null) continue;
    edits.set(path, [edit]);
    if (/"type":\s*"commonjs"/.test(edit.text))
      notes.push(`${path} says "type": "commonjs" now: Deno needs it to load the sources.`);
  }
  return { edits, notes, left };
}

/** Packages some file of a manifest still names, the parity modules included. */
async function keptPackages(
  input: CodemodInput,
  manifest: string,
  all: readonly Converted[],
  dependencies: Record<string, string>,
): Promise<Set<string>> {
  const kept = new Set(Object.keys(dependencies));
  for (const { name } of all.flatMap(({ conversion }) => conversion.bridges))
    for (const needed of PACKAGES.get(name)?.needs ?? []) kept.add(needed);
  const gone = new Set(all.flatMap(({ conversion }) => conversion.deleted));
  const works = new Map(all.flatMap(({ conversion }) => [...conversion.files]));
  for (const path of input.paths) {
    const work = works.get(path);
    if ((!SOURCE_FILE.test(path) && work === undefined) || gone.has(path)) continue;
    const text = work
      ? work.draft.render(range(work.file.program, 0, work.file.text.length))
      : await input.read(path);
    const named = new Set([...(text ?? '').matchAll(MENTION)].map((match) => match[1] ?? ''));
    for (const name of named) {
      if (!(await resolvesTo(input, path, name, manifest))) continue;
      kept.add(name).add(`@types/${name}`);
    }
  }
  return kept;
}

/** Whether a file finds a package through this manifest: no manifest nearer to it declares the package. */
async function resolvesTo(
  input: CodemodInput,
  path: string,
  name: string,
  manifest: string,
): Promise<boolean> {
  for (const above of await manifestsAbove(input, path)) {
    if (above === manifest) return true;
    if ((await input.read(above))?.includes(`"${name}"`)) return false;
  }
  return false;
}
