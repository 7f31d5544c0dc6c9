import { posix } from 'node:path';
import type { EntryPoint } from '../../model/inventory.ts';
import { invocations } from '../../workspace/command-line.ts';
import type { Repository } from '../../workspace/repository.ts';
import type { Modules } from '../../workspace/syntax/modules.ts';
import {
  isBrowserPackage,
  isDevicePackage,
  isSentAsItIs,
  rendersForOthers,
  rendersInBrowsers,
  scriptsOfPages,
} from '../browser.ts';
import { SELF_STARTED, SERVER_PACKAGES } from '../frameworks.ts';
import { loadedByPath } from '../loaded.ts';
import { declares, isRecord, type Manifest, stringEntries } from '../manifests.ts';
import { onlyFunctionsRun, productionEntries } from './deployed.ts';
import { isNextsOwn } from './next-files.ts';
import { isTestFile } from './test-files.ts';

/**
 * What part a source file plays. `application`: an entry point reaches it, or nothing says it does not. `unreached`: no
 * entry point reaches it. `apart`: an example, a template, a scaffolder, another package's. `browser`: sent to browsers.
 */
export type Role = 'application' | 'unreached' | 'test' | 'apart' | 'browser';

export interface Roles {
  of(path: string): Role;
  /** Whether a file may be the application's: neither test nor apart nor for browsers. */
  isOwn(path: string): boolean;
  /** Whether any file, source or not, belongs to a test or to a package inside this one that is none of its own. */
  isForeign(path: string): boolean;
  /** Whether a framework bundles a source before anything runs it. */
  isBundled(path: string): boolean;
  /** Whether what a package of the repository holds runs in browsers alone. */
  isForBrowsers(folder: string): boolean;
  /** Whether a package inside the repository runs beside the application: in browsers, on devices, as a program of people. */
  isBeside(folder: string): boolean;
}

/** Folders of code that is shown, copied or run by hand; what an entry point reaches is none of it. */
export const APART =
  /(^|\/)(([\w-]+-)?examples?|samples?|demos?|playgrounds?|templates?|[\w-]+-templates?|boilerplates?|scaffolds?|skeletons?|generators?|starters?|schematics)\/|^bin\//;

const NEXT: ReadonlySet<string> = new Set(['next']);

/** Frameworks that bundle what they load. */
const BUNDLING: ReadonlySet<string> = new Set(['next', 'nuxt']);

/** Programs that fill a database once, by what everybody calls them. */
const SEEDS = /(^|\/)seed(?:s|er|ers)?(?:\/.*|[.-][\w.-]*)?\.[cm]?[jt]s$/;

/** Folders of tools: `.github`, `.vitepress`. */
const HIDDEN = /(^|\/)\.[^/]+\//;

/** Scripts that somebody runs by hand, or that build and install, on a machine where the application is worked on. */
const BY_HAND =
  /(^|[:_-])(setup|seeds?|reset|scaffold|generate|codegen|build|bundle|clean|docs?|format|lint|release)([:_-]|$)|^(pre|post)?(install|pack|prepare|publish|version)$/;

/**
 * Tells what part each source file plays, from what starts the application and what that imports. A file that an entry
 * point reaches is the application's whatever it is called; names decide about the rest.
 */
export async function fileRoles(
  repository: Repository,
  manifests: readonly Manifest[],
  entryPoints: readonly EntryPoint[],
  modules: Modules,
): Promise<Roles> {
  const packages = ownPackages(manifests, modules);
  // Express among the packages for development may serve a mock, or be the other half of the application.
  const serves = (folder: string) =>
    entryPoints.some(
      ({ kind, source }) =>
        kind === 'script' &&
        source !== null &&
        packages.folderOf(source) === folder &&
        !isTestFile(source) &&
        loadsServer(modules, source),
    );
  const browserFolders = packages.own
    .filter((manifest) => isBrowserPackage(repository, manifest) || isDevicePackage(manifest))
    .filter((manifest) => !serves(manifest.folder))
    .map(({ folder }) => folder);
  const inBrowserPackage = (path: string) => browserFolders.includes(packages.folderOf(path) ?? '\0');
  const production = productionEntries(entryPoints, packages.folderOf, (source) =>
    loadsServer(modules, source),
  );
  const started = production.flatMap(({ kind, source }) =>
    source === null || isTestFile(source) || inBrowserPackage(source) ? [] : [{ kind, source }],
  );
  const programs = new Set(started.flatMap(({ kind, source }) => (kind === 'bin' ? [source] : [])));
  // A scaffolder's `start` and `main` name its program, too: that makes it no server.
  const application = started.filter(({ source }) => !programs.has(source));
  const onlyPrograms = application.length === 0 && started.length > 0;
  const scripts = onlyFunctionsRun(entryPoints)
    ? application.filter(({ kind }) => kind === 'script').map(({ source }) => source)
    : [];
  const developers = new Set([
    ...scripts,
    ...entryPoints.flatMap((entry) =>
      entry.source === null || production.includes(entry) ? [] : [entry.source],
    ),
  ]);
  const reached = closure(
    modules,
    (onlyPrograms ? started : application.filter(({ source }) => !scripts.includes(source))).map(
      ({ source }) => source,
    ),
  );
  const byHand = new Set(manifests.flatMap((manifest) => startedByHand(manifest, modules)));
  const known = new Set([...reached].map((path) => packages.folderOf(path)));
  // Beside a server, what renders and the server does not load is the other half.
  const loadsItself = new Set(
    packages.own.filter(({ raw }) => declares(raw, SELF_STARTED)).map(({ folder }) => folder),
  );
  const rendered = modules.paths.filter(
    (path) =>
      reached.size > 0 &&
      !reached.has(path) &&
      !isTestFile(path) &&
      !loadsItself.has(packages.folderOf(path) ?? '') &&
      rendersInBrowsers(modules.packagesOf(path)),
  );
  const forBrowsers = closure(modules, [...(await scriptsOfPages(repository)), ...rendered], reached);

  let served: ReadonlySet<string | null> | undefined;
  /** The packages that a server loads something of. */
  const servedFolders = () => {
    const rendering = modules.paths.filter((path) => loadsItself.has(packages.folderOf(path) ?? '\0'));
    return new Set([...closure(modules, [...reached, ...rendering])].map((path) => packages.folderOf(path)));
  };

  const bundled = new Set(
    packages.own.filter(({ raw }) => declares(raw, BUNDLING)).map(({ folder }) => folder),
  );
  const servers = packages.own.filter(({ raw }) => declares(raw, SERVER_PACKAGES));
  // A program that users or developers install, beside a server.
  const tools = new Set(
    packages.own
      .filter(
        (manifest) =>
          !known.has(manifest.folder) && isTool(manifest, production, (path) => loadsServer(modules, path)),
      )
      .filter((manifest) => servers.length > 0 && !servers.includes(manifest))
      .map(({ folder }) => folder),
  );

  const ofNext = packages.own.filter(({ raw }) => declares(raw, NEXT));
  let nexts: ReadonlySet<string> | undefined;
  /** What Next's own files load: the rest of its application is bundled nowhere. */
  const isLoadedByNext = (path: string): boolean => {
    nexts ??= closure(
      modules,
      modules.paths.filter((each) =>
        ofNext.some(({ folder }) => folder === packages.folderOf(each) && isNextsOwn(within(each, folder))),
      ),
    );
    return nexts.has(path);
  };
  const nextFolders = new Set(ofNext.map(({ folder }) => folder));

  const of = (path: string): Role => {
    if (reached.has(path)) return 'application';
    if (isTestFile(path)) return 'test';
    if (developers.has(path)) return 'apart';
    const folder = packages.folderOf(path);
    if (folder === null) return 'apart';
    if (nextFolders.has(folder) && !isLoadedByNext(path)) return 'apart';
    if (forBrowsers.has(path) || inBrowserPackage(path) || isSentAsItIs(path)) return 'browser';
    if (onlyPrograms || HIDDEN.test(path) || APART.test(within(path, folder))) return 'apart';
    if (tools.has(folder)) return 'apart';
    if (known.has(folder)) return 'unreached';
    return byHand.has(path) || SEEDS.test(path) ? 'apart' : 'application';
  };
  let run: ReadonlySet<string> | undefined;
  /** Whether a program or a server loads a file; that a package gives it out is no program. */
  const isRunAsItIs = (path: string): boolean => {
    const programs = started.filter(
      ({ kind, source }) => !/^(?:main|module|exports)$/.test(kind) || loadsServer(modules, source),
    );
    run ??= closure(
      modules,
      programs.map(({ source }) => source),
    );
    return run.has(path);
  };
  let used: ReadonlySet<string | null> | undefined;
  /** Whether nothing of a package is started or loaded, and no other package depends on it. */
  const isForNobody = (folder: string): boolean => {
    used ??= servedFolders();
    const own = packages.own.find((manifest) => manifest.folder === folder);
    if (own === undefined || used.size === 0 || used.has(folder) || nextFolders.has(folder)) return false;
    const name = new Set([String(own.raw.name)]);
    return !servers.includes(own) && !packages.own.some(({ raw }) => declares(raw, name));
  };
  const isOwn = (path: string) => /^(?:application|unreached)$/.test(of(path));
  const isForBrowsers = (folder: string): boolean => {
    served ??= servedFolders();
    const own = packages.own.find((manifest) => manifest.folder === folder);
    const renders = own !== undefined && served.size > 0 && !served.has(folder) && rendersForOthers(own);
    return browserFolders.includes(folder) || renders;
  };
  return {
    of,
    isOwn,
    isBundled: (path) =>
      (!reached.has(path) && bundled.has(packages.folderOf(path) ?? '\0')) ||
      (ofNext.length > 0 && isLoadedByNext(path) && !isRunAsItIs(path)),
    isForeign: (path) => !reached.has(path) && (isTestFile(path) || packages.folderOf(path) === null),
    isForBrowsers,
    isBeside: (folder) =>
      folder !== '' && (tools.has(folder) || isForBrowsers(folder) || isForNobody(folder)),
  };
}

/** A path as a folder above it sees it. */
const within = (path: string, folder: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);

/** Whether a package of the repository is a program, and nothing of it is started or loaded by its name. */
const isTool = (
  { raw, folder }: Manifest,
  production: readonly EntryPoint[],
  serves: (source: string) => boolean,
): boolean =>
  folder !== '' &&
  (typeof raw.bin === 'string' || isRecord(raw.bin)) &&
  !production.some(
    ({ kind, file, source }) =>
      /^(?:dockerfile|procfile|script)$/.test(kind) &&
      file.startsWith(`${folder}/`) &&
      // Its own program, by a script: that makes it no server.
      !(
        kind === 'script' &&
        source !== null &&
        !serves(source) &&
        production.some((one) => one.kind === 'bin' && one.source === source)
      ),
  );

/** Whether a file, or one that it loads, loads a server framework. */
const loadsServer = (modules: Modules, source: string): boolean =>
  [...closure(modules, [source])].some((path) =>
    modules.packagesOf(path).some((name) => SERVER_PACKAGES.has(name)),
  );

/** The sources that scripts start which are run by hand, and that nothing else loads. */
const startedByHand = ({ raw, folder }: Manifest, modules: Modules): string[] =>
  stringEntries(raw.scripts)
    .filter(([name]) => BY_HAND.test(name))
    .flatMap(([, command]) => invocations(command))
    .flatMap(({ args }) => args.map((arg) => posix.join(folder, arg)))
    .filter((path) => modules.text(path) !== null && modules.importersOf(path).length === 0);

/** Everything that files import or load, without what is left out. */
function closure(modules: Modules, from: readonly string[], without?: ReadonlySet<string>): Set<string> {
  const reached = new Set(from.filter((path) => !without?.has(path)));
  for (const path of reached) {
    for (const next of modules.loadsOf(path)) if (!without?.has(next)) reached.add(next);
    if (without) continue;
    for (const next of loadedByPath(modules, path)) if (!isTestFile(next)) reached.add(next);
  }
  return reached;
}

/** The repository's own packages; folders with a package.json of their own that no workspace names belong to others. */
function ownPackages(manifests: readonly Manifest[], modules: Modules) {
  const own = new Map(manifests.map((manifest) => [manifest.folder, manifest]));
  const folders = modules.packages
    // One that only says `type` divides no package.
    .filter(({ json }) => 'dependencies' in json || 'devDependencies' in json || 'scripts' in json)
    .map(({ folder }) => folder)
    .concat([...own.keys()])
    .sort((a, b) => b.length - a.length);
  const cache = new Map<string, string | null>();
  return {
    own: [...own.values()],
    /** The own package a file belongs to; null when it is another's. */
    folderOf(path: string): string | null {
      const directory = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
      let found = cache.get(directory);
      if (found === undefined) {
        const nearest =
          folders.find((each) => each === '' || directory === each || directory.startsWith(`${each}/`)) ?? '';
        found = own.has(nearest) || folders.length === 0 ? nearest : null;
        cache.set(directory, found);
      }
      return found;
    },
  };
}
