import { dirname, posix } from 'node:path';
import jscodeshift from 'jscodeshift';
import type { Codemod, CodemodInput, CodemodOutput } from '../../../src/codemod/contract.ts';
import { isSource } from '../../../src/workspace/text.ts';
import type { Changed } from './changed.ts';
import { dropPackages } from './drop-packages.ts';
import type { ManifestOf, WholeRun } from './ordinary.ts';
import { MAY_REPLACE, replacedIn } from './replaced.ts';
import { openSource } from './source.ts';
import { type Manifest, readManifest, type Surroundings } from './surroundings.ts';
import { textAfter } from './text-after.ts';
import { workOn } from './work.ts';

/**
 * Runs a transform over the files that the user pointed at, with what the whole repository says about them, and takes
 * packages whose last use went out of package.json.
 */
export async function runWhole(
  { id, prefilter }: Pick<Codemod, 'id' | 'prefilter'>,
  whole: WholeRun,
  input: CodemodInput,
): Promise<CodemodOutput> {
  const manifestOf = manifests(input);
  const output: Changed['output'] = {
    ...{ edits: new Map(), created: new Map(), deleted: [], skipped: new Map() },
    ...{ failed: new Map(), outcomes: [], leftForYou: [], limits: [], next: [] },
  };
  const prepared = (await whole.prepare?.(input, manifestOf)) ?? null;
  const changed: Changed = { input, id, output, after: new Map(), manifestOf, prepared };
  const replaced = await replacedModules(input, whole.about);
  for (const path of (input.chosen ?? input.paths).filter(isSource)) {
    const text = await input.read(path);
    if (text === null || !prefilter.test(text)) continue;
    input.signal.throwIfAborted();
    input.progress(`${id}: ${path}`);
    const around: Surroundings = { manifest: await manifestOf(path), replaced, ...prepared?.around };
    try {
      const work = workOn(whole.change, path, text, jscodeshift, around);
      output.leftForYou.push(...work.left.map((note) => ({ ...note, codemod: id })));
      output.outcomes.push(...work.converted.map((one) => ({ ...one, outcome: 'converted' as const })));
      if (work.edits.length === 0) continue;
      output.edits.set(path, work.edits);
      changed.after.set(path, textAfter(work));
    } catch (error) {
      output.failed.set(path, (error as Error).message.split('\n')[0] ?? '');
    }
  }
  if (whole.packages) await dropPackages(changed, whole.packages);
  return output;
}

/** The package.json nearest to a path, each read once. */
function manifests(input: CodemodInput): ManifestOf {
  const known = new Map<string, Manifest | null>();
  return async (path) => {
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const file = posix.join(folder, 'package.json');
      if (!known.has(file)) {
        const text = await input.read(file);
        known.set(file, text === null ? null : readManifest(file, text));
      }
      const found = known.get(file) ?? null;
      if (found !== null || folder === '.' || folder === dirname(folder)) return found;
    }
  };
}

async function replacedModules(input: CodemodInput, about: WholeRun['about']): Promise<Map<string, string>> {
  const replaced = new Map<string, string>();
  for (const path of input.paths.filter(isSource)) {
    const text = await input.read(path);
    if (text === null || !MAY_REPLACE.test(text)) continue;
    try {
      for (const [name, place] of replacedIn(openSource(path, text, jscodeshift)))
        if (about(name)) replaced.set(name, place);
    } catch {
      // What does not parse runs no test.
    }
  }
  // Jest takes a file of this name in place of the module, without a call.
  for (const path of input.paths) {
    const name = /(?:^|\/)__mocks__\/(.+)\.[cm]?[jt]sx?$/.exec(path)?.[1];
    if (name !== undefined && about(name)) replaced.set(name, `${path}:1:1`);
  }
  return replaced;
}
