import jscodeshift from 'jscodeshift';
import type { CodemodInput } from '../../src/codemod/contract.ts';
import { removeField } from '../../src/workspace/manifest-edit.ts';
import { loadModules, type Modules } from '../../src/workspace/syntax/modules.ts';
import type { ManifestOf, Prepared } from '../shared/transform/ordinary.ts';
import type { Manifest } from '../shared/transform/surroundings.ts';
import { type Change, type Work, workOn } from '../shared/transform/work.ts';
import { type Runs, rewritten, runsOf } from './scripts.ts';

interface Package {
  runs: Runs | null;
  alone: boolean;
  /** Why its files stay, by file; null where one says so itself or can change. */
  kept: ReadonlyMap<string, string | null>;
}

/**
 * What runs the tests of each package, and whether all of its files can change: `node --test` runs them all, so that one file
 * that stays keeps the others.
 */
export async function prepare(
  input: CodemodInput,
  manifestOf: ManifestOf,
  change: Change,
): Promise<Prepared> {
  const modules = await loadModules(input);
  const packages = new Map<string, Package>();
  for (const path of input.paths.filter((each) => /(?:^|\/)package\.json$/.test(each))) {
    const manifest = await manifestOf(path);
    if (manifest === null || manifest.ranges.mocha === undefined) continue;
    packages.set(path, await packageOf(manifest, modules, input, change));
  }
  const files = new Map<string, Package>();
  for (const each of packages.values()) for (const path of each.kept.keys()) files.set(path, each);
  return {
    around: {
      tests: (path) => {
        const own = files.get(path);
        return { kept: own ? (own.kept.get(path) ?? null) : '', alone: own?.alone ?? false };
      },
    },
    rewrite: (manifest, text) => {
      const runs = packages.get(manifest.path)?.runs;
      return runs ? rewritten(text, runs, (each) => removeField(each, ['mocha'])) : text;
    },
    deleted: (manifest) => [...(packages.get(manifest.path)?.runs?.configs ?? [])],
    next: () => [
      'Each file of tests runs in a process of its own now: `migrate apply` compares the tests by names; by hand, compare the counts.',
    ],
  };
}

async function packageOf(
  manifest: Manifest,
  modules: Modules,
  input: CodemodInput,
  change: Change,
): Promise<Package> {
  const first = await runsOf(manifest, false, input);
  if (typeof first === 'string') {
    const own = modules.paths.filter((path) => path.startsWith(manifest.path.replace(/package\.json$/, '')));
    return { runs: null, alone: false, kept: new Map(own.map((path) => [path, first])) };
  }
  const reached = reachedFrom(first.files, modules);
  const alone = first.files.size === 1;
  const judged = new Map<string, Work | null>();
  for (const path of reached) judged.set(path, judge(path, modules.text(path), manifest, alone, change));
  const bad = [...judged].find(([, work]) => work === null || work.left.length > 0);
  const [place] = bad?.[1]?.left ?? [];
  const why =
    bad && `\`node --test\` would run ${bad[0]} as well, which stays${place ? ` (line ${place.line})` : ''}`;
  const kept = new Map<string, string | null>();
  for (const [path, work] of judged)
    kept.set(path, why === undefined || (work?.left.length ?? 1) > 0 ? null : why);
  const only = [...judged.values()].some((work) => work?.text.includes('.only'));
  const runs = only ? await runsOf(manifest, true, input) : first;
  return { runs: typeof runs === 'string' || bad ? null : runs, alone, kept };
}

/** What a file would become if all others could; null where it does not parse. */
function judge(
  path: string,
  text: string | null,
  manifest: Manifest,
  alone: boolean,
  change: Change,
): Work | null {
  const around = { manifest, replaced: new Map<string, string>(), tests: () => ({ kept: null, alone }) };
  try {
    return text === null ? null : workOn(change, path, text, jscodeshift, around);
  } catch {
    return null;
  }
}

/** Files of tests, and what they load. */
function reachedFrom(files: ReadonlySet<string>, modules: Modules): Set<string> {
  const reached = new Set(files);
  for (const path of reached) for (const each of modules.importsOf(path)) reached.add(each);
  return reached;
}
