import type { CodemodInput, CodemodOutput, SpanEdit } from '../../src/codemod/contract.ts';
import type { Converted } from './application/converted.ts';
import { editManifests } from './application/manifests.ts';
import { assembleParity, type ParityModule } from './parity/assemble.ts';

/** One output for all applications: those of one folder share the parity module, those of one package its package.json. */
export async function merged(
  input: CodemodInput,
  output: CodemodOutput,
  { converted, refused, verdicts }: { converted: Converted[]; refused: CodemodOutput[]; verdicts: string[] },
): Promise<CodemodOutput> {
  const all = [...converted.map((each) => each.output), ...refused];
  const modules = new Map<string, ParityModule>();
  for (const { places, parity } of converted) {
    const here = converted.filter((each) => each.places.parity === places.parity);
    const names = [...new Set(here.flatMap((each) => each.parity.names))].sort();
    const without = (parity.without ?? []).filter((need) =>
      here.every((each) => each.parity.without?.includes(need)),
    );
    if (names.length > 0) modules.set(places.parity, assembleParity({ ...parity, names, without }));
  }
  const manifests = await editManifests(input, converted, modules);
  const created = new Map([...modules].map(([path, { text }]) => [path, text]));
  const edits = new Map<string, readonly SpanEdit[]>();
  for (const each of all) {
    for (const [path, text] of each.created) created.set(path, text);
    for (const [path, list] of each.edits) edits.set(path, list);
  }
  // Last, as what is read first is what was written by hand.
  for (const [path, list] of manifests.edits) edits.set(path, list);
  const changed = converted.length > 0;
  return {
    ...output,
    ...{ edits, created },
    deleted: all.flatMap(({ deleted }) => deleted),
    skipped: new Map(refused.flatMap(({ skipped }) => [...skipped])),
    outcomes: all.flatMap(({ outcomes }) => outcomes),
    leftForYou: [...all.flatMap(({ leftForYou }) => leftForYou), ...manifests.left],
    limits: all.flatMap(({ limits }) => limits),
    moved: new Map(all.flatMap(({ moved = new Map() }) => [...moved])),
    routes: all.flatMap(({ routes = [] }) => routes),
    leftOut: all.flatMap(({ leftOut = [] }) => leftOut),
    kept: all.flatMap(({ kept = [] }) => kept),
    notes: [
      ...verdicts,
      ...new Set(all.flatMap(({ notes = [] }) => notes)),
      ...manifests.notes,
      ...broughtNothing(converted),
    ],
    next: [
      ...(changed
        ? ['Install the dependencies of the new package.json before starting the application.']
        : []),
      ...new Set(all.flatMap(({ next }) => next)),
    ],
  };
}

/** What a conversion is worth in which no handler became Hono's. */
function broughtNothing(converted: readonly Converted[]): string[] {
  const outcomes = converted.flatMap(({ output }) => output.outcomes);
  if (outcomes.length === 0 || outcomes.some(({ outcome }) => outcome === 'converted')) return [];
  return [
    'No handler is converted: all of them run on Express as before, behind Hono. By itself this brings nothing.',
  ];
}
