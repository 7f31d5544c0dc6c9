import { basename } from 'node:path';
import type { Inventory, NotChecked } from '../model/inventory.ts';
import { discover } from '../workspace/discover.ts';
import { openRepository } from '../workspace/repository.ts';
import { isSource } from '../workspace/text.ts';
import type { Detector, DetectorContext, Facts } from './detector.ts';
import { pinDisagreements } from './disagreements.ts';
import { readManifests } from './manifests.ts';
import { isTestFile, withReach } from './reach.ts';
import { readReached } from './reached.ts';
import { readLockfiles } from './readers/lockfile.ts';
import { sourceReader } from './sources.ts';

export interface CollectOptions {
  signal?: AbortSignal;
  progress?: (text: string) => void;
  /** Default: every file of `detectors/`. */
  detectors?: readonly Detector[];
}

/**
 * Reads a repository and returns its facts. Each detector is isolated: one that throws leaves a "not checked" entry.
 * Writes nothing.
 *
 * @param dir the repository's directory; one without git is accepted
 * @throws MigrateError (exit 3) for a missing or empty directory, a missing or broken package.json
 */
export async function collectInventory(dir: string, options: CollectOptions = {}): Promise<Inventory> {
  const signal = options.signal ?? new AbortController().signal;
  const progress = options.progress ?? (() => {});
  const repository = await openRepository(dir);
  const { manifests, broken } = await readManifests(repository);
  const reader = sourceReader(repository, manifests, signal, progress);
  const context: DetectorContext = {
    repository,
    manifests,
    lockfiles: readLockfiles(repository),
    modules: reader.modules,
    survey: reader.survey,
    signal,
    progress,
  };
  const detectors = options.detectors ?? (await discover<Detector>(new URL('./detectors/', import.meta.url)));
  const facts: Facts[] = [];
  const notChecked: NotChecked[] = broken.map(({ file, reason }) => ({
    what: file,
    reason,
    location: { file, line: 1, column: 1 },
  }));
  for (const detector of detectors) {
    signal.throwIfAborted();
    progress(`reading ${detector.title}`);
    try {
      facts.push(await detector.detect(context));
    } catch (error) {
      signal.throwIfAborted();
      const reason = `the detector failed: ${(error as Error).message.split('\n')[0]}`;
      notChecked.push({ what: detector.title, reason, location: null });
    }
  }
  const sources = repository.files.filter(isSource);
  const first = join(facts);
  progress('reading what the application and each script use');
  try {
    facts.push(readReached(first.entryPoints, first.scripts, await reader.modules()));
  } catch (error) {
    signal.throwIfAborted();
    const reason = `reading it failed: ${(error as Error).message.split('\n')[0]}`;
    notChecked.push({ what: 'what the application and each script use', reason, location: null });
  }
  const joined = join(facts);
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
    builtins: withReach(joined.builtins, joined.entryPoints, await reader.modules()),
    pinDisagreements: pinDisagreements(joined.pins),
    notChecked: [...notChecked, ...joined.notChecked, ...(await reader.unreadable())],
  };
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
    scripts: facts.flatMap((fact) => fact.scripts ?? []),
    pins: facts.flatMap((fact) => fact.pins ?? []),
    pinDisagreements: [],
    dependencies: facts.flatMap((fact) => fact.dependencies ?? []),
    frameworks: facts.flatMap((fact) => fact.frameworks ?? []),
    routes: facts.flatMap((fact) => fact.routes ?? []),
    middleware: facts.flatMap((fact) => fact.middleware ?? []),
    builtins: facts.flatMap((fact) => fact.builtins ?? []),
    nativeAddons: facts.flatMap((fact) => fact.nativeAddons ?? []),
    deployment: facts.flatMap((fact) => fact.deployment ?? []),
    workspaces: facts.flatMap((fact) => fact.workspaces ?? []),
    env: facts.flatMap((fact) => fact.env ?? []),
    traits: facts.flatMap((fact) => fact.traits ?? []),
    scriptUses: facts.flatMap((fact) => fact.scriptUses ?? []),
    applicationPackages: null,
    notChecked: facts.flatMap((fact) => fact.notChecked ?? []),
  };
  for (const fact of facts) {
    if (fact.packageManager) joined.packageManager = fact.packageManager;
    if (fact.moduleSystem) joined.moduleSystem = fact.moduleSystem;
    if (fact.applicationPackages) joined.applicationPackages = fact.applicationPackages;
  }
  return joined;
}
