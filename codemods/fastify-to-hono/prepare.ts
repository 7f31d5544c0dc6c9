import type { CodemodInput } from '../../src/codemod/contract.ts';
import { nearestManifest } from '../shared/edit/manifest.ts';
import { createEditing } from '../shared/edit/work.ts';
import { type Creation, creationsIn } from './application/creation.ts';
import { readFacts } from './read/facts.ts';
import type { Program } from './read/program.ts';
import { releaseIn } from './read/release.ts';
import type { Conversion, Facts, Unit } from './state.ts';

/** What is known of an application before anything is written. */
export interface Prepared {
  program: Program;
  creations: readonly Creation[];
  /** The file that makes the application, or the first that registers something. */
  main: string;
  manifest: { path: string; text: string };
  /** The major release of Fastify; null where it is not known, or an older one. */
  release: 4 | 5 | null;
  facts: Facts;
  target: Conversion['target'];
}

export async function prepare(input: CodemodInput, program: Program): Promise<Prepared> {
  const creations = creationsIn(program.flow);
  const main = creations[0]?.file.path ?? program.calls[0]?.file.path ?? '';
  const path = await nearestManifest(input, main);
  const text = (await input.read(path)) ?? '{}';
  const release = releaseIn(text);
  return {
    ...{ program, creations, main, release, manifest: { path, text } },
    facts: readFacts(program, release ?? 5),
    target: String(input.options.target ?? 'node') as Conversion['target'],
  };
}

/** A conversion with nothing written yet. */
export function begin(
  { program, facts, target, manifest }: Prepared,
  units: ReadonlyMap<Unit['node'], Unit>,
  beside: boolean,
): Conversion {
  return {
    ...createEditing(),
    ...{ flow: program.flow, target, beside, lends: false, facts, units, calls: program.calls, problems: [] },
    ...{ support: new Set<string>(), packages: new Set(), manifest: manifest.text },
  };
}
