import type {
  Codemod,
  CodemodInput,
  CodemodOutput,
  OptionValue,
  SpanEdit,
} from '../../src/codemod/contract.ts';
import { analyzeModules, analyzeWithFlow, isTestFile } from '../../src/workspace/express/analyze.ts';
import type { ExpressProgram } from '../../src/workspace/express/program.ts';
import { loadModules, type Modules, selectModules } from '../../src/workspace/syntax/modules.ts';
import { decide } from './attempt.ts';
import { componentsOf } from './components.ts';
import type { ConversionOptions } from './conversion.ts';
import { type Converted, finish } from './finish.ts';
import { nearestManifest } from './manifest.ts';
import { editManifests } from './manifests.ts';
import { refusals } from './outcomes.ts';
import { withoutParity } from './own-module.ts';
import { assembleParity, type ParityModule } from './parity.ts';
import { testedApps } from './tests.ts';
import { loadPlaces } from './worker-load.ts';
import { isHalfway } from './worlds/halfway.ts';
import { routesInExpress } from './worlds/routes.ts';
import {
  askedOf,
  checkSelection,
  NOT_ASKED,
  placesTaken,
  routeName,
  selectionOf,
  unaskedOf,
} from './worlds/selection.ts';
import { limitsInExpress, stateInExpress } from './worlds/worker-limits.ts';

const empty = (): CodemodOutput => ({
  edits: new Map(),
  created: new Map(),
  deleted: [],
  skipped: new Map(),
  failed: new Map(),
  outcomes: [],
  leftForYou: [],
  limits: [],
  next: [],
});

/** Express 4 and 5 applications become Hono applications that answer the same. */
const codemod: Codemod = {
  id: 'express-to-hono',
  title: 'Express to Hono',
  from: 'express',
  to: 'hono',
  description:
    'Rewrites apps, routers, handlers, middleware and the entry; what Express did by itself comes as one readable module.',
  options: [
    {
      name: 'parity',
      description: 'wire: answer byte for byte as before; idiomatic: leave Express behaviours out',
      values: ['wire', 'idiomatic'],
      default: 'wire',
    },
    {
      name: 'target',
      description: 'where it will run; node, bun and deno share one entry',
      values: ['node', 'bun', 'deno', 'workers'],
      default: 'node',
    },
    {
      name: 'only',
      description: 'routes to take, "GET /notes/:id" or "/notes/*"; the rest stays in Express',
      repeat: true,
      default: [],
    },
  ],
  chooses: true,
  prefilter: /\bexpress\b/,
  run,
};

export default codemod;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const output = empty();
  const paths = await withoutParity(input);
  const modules = await loadModules({ root: input.root, paths, read: input.read });
  const analyze = (own: (path: string) => boolean) =>
    analyzeModules(selectModules(modules, (path) => !isTestFile(path) && own(path)));
  const own = selectModules(modules, (path) => !isTestFile(path));
  const { program, flow } = analyzeWithFlow(own);
  for (const { path, reason } of program.failed) (output.failed as Map<string, string>).set(path, reason);
  const components = componentsOf(program);
  if (components.length === 0) return output;
  const selection = selectionOf(input);
  if (selection !== null && !components.some(({ apps }) => apps.some(isHalfway)))
    checkSelection(program, selection);
  const options: ConversionOptions = {
    parity: input.options.parity === 'idiomatic' ? 'idiomatic' : 'wire',
    target: targetOf(input.options.target),
    tested: testedApps(modules, program),
    unasked: null,
    taken: new Set(),
  };
  const converted: Converted[] = [];
  const refused: CodemodOutput[] = [];
  const verdicts: string[] = [];
  const unfinished: string[] = [];
  for (const { apps, files } of components) {
    const half = apps.find(isHalfway);
    if (half !== undefined) {
      unfinished.push(half.file.path);
      continue;
    }
    const isOnly = components.length === 1;
    const others = new Set(
      components.filter((each) => each.files !== files).flatMap((each) => [...each.files]),
    );
    const isOwn = (path: string) => !others.has(path);
    const part = isOnly ? program : await ownFailures(input, analyze(isOwn));
    const scope = { ...input, paths: isOnly ? input.paths : paths.filter(isOwn) };
    const asked = selection === null ? part.routes : askedOf(part, selection);
    if (selection !== null && asked.length === 0) {
      refused.push({ ...empty(), routes: routesInExpress(part, NOT_ASKED) });
      verdicts.push(`${[...new Set(apps.map(({ file }) => file.path))].join(', ')} is ${NOT_ASKED}.`);
      continue;
    }
    const unasked = asked.length === part.routes.length ? null : unaskedOf(part, asked);
    const found = await decideOne(scope, modules, part, {
      ...{ ...options, unasked },
      taken: placesTaken(part, input.earlier?.taken ?? []),
    });
    if ('conversion' in found) converted.push(found);
    else refused.push(found);
    const state = 'conversion' in found ? 'is converted' : 'is left as it is';
    verdicts.push(`${[...new Set(apps.map(({ file }) => file.path))].join(', ')} ${state}.`);
  }
  const told = components.length > 1 ? verdicts : [];
  const both = await merged(input, output, { converted, refused, verdicts: told });
  const all = {
    ...both,
    unfinished,
    leftForYou: selection === null ? both.leftForYou : asAsked(input, both),
  };
  if (options.target !== 'workers' || converted.length === 0) return all;
  const worlds = converted.flatMap(({ conversion }) => conversion.worlds ?? []);
  return {
    ...all,
    limits: [...all.limits, ...worlds.flatMap((each) => limitsInExpress(each, own, flow))],
    leftForYou: [...all.leftForYou, ...worlds.flatMap(stateInExpress), ...loadPlaces(own, program, flow)],
  };
}

async function decideOne(
  input: CodemodInput,
  modules: Modules,
  program: ExpressProgram,
  options: ConversionOptions,
): Promise<Converted | CodemodOutput> {
  const failed = new Map(program.failed.map(({ path, reason }) => [path, reason]));
  const decided = await decide(input, modules, program, options);
  if ('refused' in decided) return refusals(decided.refused, { ...empty(), failed });
  const { conversion, places } = decided;
  if ((await input.read(places.parity)) !== null) {
    const location = { file: places.parity, line: 1, column: 1 };
    const reason = 'a file of this name is there already';
    conversion.problems.push({ location, rule: 'parity', reason, unit: null });
  }
  if (failed.size > 0 || conversion.problems.length > 0) return refusals(conversion, { ...empty(), failed });
  return finish(input, conversion, places);
}

/** Where nothing goes that an earlier run did not take, what keeps back what is asked for is in the way. */
function asAsked(
  { earlier }: CodemodInput,
  { routes = [], leftForYou }: CodemodOutput,
): CodemodOutput['leftForYou'] {
  const taken = earlier?.taken ?? [];
  const isNew = routes.some((route) => route.world !== 'express' && !taken.includes(routeName(route)));
  return isNew || earlier === undefined
    ? leftForYou
    : leftForYou.map((each) => (each.rule === 'worlds/stays' ? { ...each, blocks: true } : each));
}

/** A file that does not parse concerns the applications of its own package. */
async function ownFailures(input: CodemodInput, program: ExpressProgram): Promise<ExpressProgram> {
  const apps = program.routers.filter(({ kind }) => kind === 'app');
  const manifests = new Set(await Promise.all(apps.map(({ file }) => nearestManifest(input, file.path))));
  const failed: ExpressProgram['failed'][number][] = [];
  for (const each of program.failed) {
    if (manifests.has(await nearestManifest(input, each.path))) failed.push(each);
  }
  return { ...program, failed };
}

/** One output for all applications: those of one folder share the parity module, those of one package its package.json. */
async function merged(
  input: CodemodInput,
  output: CodemodOutput,
  { converted, refused, verdicts }: { converted: Converted[]; refused: CodemodOutput[]; verdicts: string[] },
): Promise<CodemodOutput> {
  const all = [...converted.map((each) => each.output), ...refused];
  const modules = new Map<string, ParityModule>();
  for (const { places, parity } of converted) {
    const here = converted.filter((each) => each.places.parity === places.parity);
    const names = [...new Set(here.flatMap((each) => each.parity.names))].sort();
    if (names.length > 0) modules.set(places.parity, assembleParity({ ...parity, names }));
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

const targetOf = (value: OptionValue | undefined) =>
  value === 'bun' || value === 'deno' || value === 'workers' ? value : 'node';
