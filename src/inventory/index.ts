import { basename } from 'node:path';
import { MigrateError } from '../model/errors.ts';
import type { Evidence, Inventory, NotChecked } from '../model/inventory.ts';
import { discover } from '../workspace/discover.ts';
import { openRepository, type Repository } from '../workspace/repository.ts';
import { isSource } from '../workspace/text.ts';
import type { Detector, DetectorContext, Facts } from './detector.ts';
import { pinDisagreements } from './disagreements.ts';
import { readFindings } from './findings/index.ts';
import { floatingVersions } from './floating.ts';
import { type Manifest, readManifests } from './manifests.ts';
import { withReach } from './reach/reach.ts';
import { readReached } from './reach/reached.ts';
import { isTestFile } from './reach/test-files.ts';
import { readLockfiles } from './readers/lockfile.ts';
import { findServices } from './services.ts';
import { type SourceReader, sourceReader } from './sources.ts';
import { startsUnseen, unreadRoutes } from './unread.ts';

export interface CollectOptions {
  signal?: AbortSignal;
  progress?: (text: string) => void;
  /** The directory's sources, where they are open already. */
  opened?: OpenSources;
  /** Default: every file of `detectors/`. */
  detectors?: readonly Detector[];
}

/**
 * Reads a repository and returns its facts. Each detector is isolated: one that throws leaves a "not checked" entry.
 * Writes nothing.
 *
 * @param dir the repository's directory; one without git is accepted
 * A directory without a package.json is accepted when packages below it run by themselves.
 *
 * @throws MigrateError (exit 3) for a missing or empty directory, no package or a broken package.json
 */
export async function collectInventory(dir: string, options: CollectOptions = {}): Promise<Inventory> {
  const signal = options.signal ?? new AbortController().signal;
  const progress = options.progress ?? (() => {});
  const { repository, manifests, broken, reader } =
    options.opened ?? (await openSources(dir, { signal, progress }));
  const context: DetectorContext = {
    repository,
    manifests,
    lockfiles: readLockfiles(repository),
    ...{ entryPoints: reader.entryPoints, roles: reader.roles },
    ...{ modules: reader.modules, survey: reader.survey },
    ...{ signal, progress },
  };
  const detectors = options.detectors ?? (await discover<Detector>(new URL('./detectors/', import.meta.url)));
  const notChecked: NotChecked[] = broken.map(({ file, reason }) => ({
    what: file,
    reason,
    location: { file, line: 1, column: 1 },
  }));
  // The other threads read the sources while this one follows values.
  await reader.readAhead();
  const found = new Map<Detector, Facts | NotChecked>();
  for (const detector of [...detectors].sort((a, b) => Number(b.early ?? false) - Number(a.early ?? false))) {
    signal.throwIfAborted();
    progress(`reading ${detector.title}`);
    try {
      found.set(detector, await detector.detect(context));
    } catch (error) {
      signal.throwIfAborted();
      const reason = `the detector failed: ${(error as Error).message.split('\n')[0]}`;
      found.set(detector, { what: detector.title, reason, location: null });
    }
  }
  const told = detectors.flatMap((detector) => found.get(detector) ?? []);
  const facts = told.flatMap((one) => ('what' in one ? [] : [one]));
  notChecked.push(...told.flatMap((one) => ('what' in one ? [one] : [])));
  const sources = repository.files.filter(isSource);
  const { isForeign, isBeside, of: roleOf } = await reader.roles();
  const scripts = facts.flatMap((fact) => fact.scripts ?? []);
  const frameworks = facts.flatMap((fact) => fact.frameworks ?? []);
  progress('reading what the application and each script use');
  try {
    facts.push(readReached({ scripts, frameworks }, await reader.modules(), await reader.roles()));
  } catch (error) {
    signal.throwIfAborted();
    const reason = `reading it failed: ${(error as Error).message.split('\n')[0]}`;
    notChecked.push({ what: 'what the application and each script use', reason, location: null });
  }
  const joined = join(facts);
  // A template's Dockerfile or a test's compose file fixes nothing for this application.
  const own = <T extends Evidence>(items: T[]): T[] =>
    items.filter(({ location }) => location === null || !isForeign(location.file));
  const pins = own(joined.pins);
  const deployment = own(joined.deployment);
  const builtins = withReach(joined.builtins, roleOf);
  const services = await findServices(
    repository,
    manifests,
    await reader.modules(),
    joined.frameworks,
    joined.functions,
  );
  // Functions that a template declares may each be a package of its own.
  if (manifests.length === 0 && services.length === 0 && joined.functions.length === 0)
    throw noPackage(repository);
  progress('reading what targets treat in another way');
  const unread = unreadRoutes({ ...joined, builtins });
  const { findings, notChecked: unseen } = await readFindings(context, {
    ...joined,
    deployment,
    builtins,
    unreadRoutes: unread,
  });
  return {
    schema: 'migrate/inventory',
    version: 1,
    name: repository.packageJson.name ?? basename(repository.root),
    git: repository.git,
    counts: {
      files: repository.files.length,
      sources: sources.length,
      tests: sources.filter(isTestFile).length,
    },
    ...joined,
    ...{ pins, deployment, entryPoints: own(joined.entryPoints) },
    beside: manifests.flatMap(({ folder }) => (isBeside(folder) ? [folder] : [])),
    builtins,
    unreadRoutes: unread,
    findings,
    services,
    pinDisagreements: pinDisagreements(pins),
    floating: floatingVersions(pins, deployment),
    notChecked: [
      ...notChecked,
      ...startsUnseen(own(joined.entryPoints)),
      ...joined.notChecked,
      ...unseen,
      ...(await reader.unreadable()),
    ],
  };
}

/** A repository open for reading: what an inventory reads, and the codemod that a plan asks reads as well. */
export interface OpenSources {
  repository: Repository;
  manifests: readonly Manifest[];
  broken: Awaited<ReturnType<typeof readManifests>>['broken'];
  reader: SourceReader;
}

/** @throws MigrateError as `collectInventory` does, but for packages below that do not run by themselves */
export async function openSources(
  dir: string,
  { signal, progress }: { signal: AbortSignal; progress: (text: string) => void },
): Promise<OpenSources> {
  const repository = await openRepository(dir, { packageJson: 'optional' });
  if (!repository.files.some(isManifest)) throw noPackage(repository);
  const { manifests, broken } = await readManifests(repository);
  return { repository, manifests, broken, reader: sourceReader(repository, manifests, signal, progress) };
}

const isManifest = (path: string): boolean => /(^|\/)package\.json$/.test(path);

function noPackage({ root, files }: Repository): MigrateError {
  const folders = files.filter(isManifest).map((path) => path.replace(/\/package\.json$/, ''));
  return new MigrateError('NO_PACKAGE_JSON', `${root} has no package.json.`, {
    hint:
      folders.length > 0
        ? `Point at one of its packages: ${folders.slice(0, 5).join(', ')}${folders.length > 5 ? ' …' : ''}`
        : 'Point at the directory of a Node.js project, or create one with `npm init`.',
  });
}

type Joined = Required<Facts>;

/** Joins lists in the detectors' order; the one detector that gives a single value wins. */
function join(facts: readonly Facts[]): Joined {
  const joined: Joined = {
    packageManager: { name: null, version: null, declared: null, lockfiles: [], conflicts: [] },
    moduleSystem: {
      declared: null,
      evidence: null,
      files: { commonjs: 0, module: 0, typescript: 0 },
      firstCommonjs: null,
    },
    entryPoints: facts.flatMap((fact) => fact.entryPoints ?? []),
    functions: facts.flatMap((fact) => fact.functions ?? []),
    scripts: facts.flatMap((fact) => fact.scripts ?? []),
    pins: facts.flatMap((fact) => fact.pins ?? []),
    pinDisagreements: [],
    floating: [],
    pinned: facts.flatMap((fact) => fact.pinned ?? []),
    dependencies: facts.flatMap((fact) => fact.dependencies ?? []),
    frameworks: facts.flatMap((fact) => fact.frameworks ?? []),
    routes: facts.flatMap((fact) => fact.routes ?? []),
    unreadRoutes: [],
    services: [],
    middleware: facts.flatMap((fact) => fact.middleware ?? []),
    builtins: facts.flatMap((fact) => fact.builtins ?? []),
    nativeAddons: facts.flatMap((fact) => fact.nativeAddons ?? []),
    installScripts: facts.flatMap((fact) => fact.installScripts ?? []),
    deployment: facts.flatMap((fact) => fact.deployment ?? []),
    workspaces: facts.flatMap((fact) => fact.workspaces ?? []),
    beside: [],
    env: facts.flatMap((fact) => fact.env ?? []),
    traits: facts.flatMap((fact) => fact.traits ?? []),
    signs: facts.flatMap((fact) => fact.signs ?? []),
    scriptUses: facts.flatMap((fact) => fact.scriptUses ?? []),
    findings: [],
    applicationPackages: null,
    besidePackages: facts.flatMap((fact) => fact.besidePackages ?? []),
    notChecked: facts.flatMap((fact) => fact.notChecked ?? []),
  };
  for (const fact of facts) {
    if (fact.packageManager) joined.packageManager = fact.packageManager;
    if (fact.moduleSystem) joined.moduleSystem = fact.moduleSystem;
    if (fact.applicationPackages) joined.applicationPackages = fact.applicationPackages;
  }
  return joined;
}
