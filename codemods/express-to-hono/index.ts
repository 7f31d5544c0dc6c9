import type { Codemod, CodemodInput, CodemodOutput, OptionValue } from '../../src/codemod/contract.ts';
import { analyzeModules, analyzeWithFlow, isTestFile } from '../../src/workspace/express/analyze.ts';
import { loadModules, type Modules, selectModules } from '../../src/workspace/syntax/modules.ts';
import { testedApps } from './application/tests.ts';
import { componentsOf } from './components.ts';
import { clashing, decideAll } from './each-application.ts';
import { emptyOutput } from './empty-output.ts';
import { latePlaces, loadPlaces } from './facts/worker-load.ts';
import { merged } from './merged-output.ts';
import { withoutParity } from './parity/own-module.ts';
import type { ConversionOptions } from './state/conversion.ts';
import { halfwayIn } from './worlds/halfway.ts';
import { checkSelection, routeName, selectionOf } from './worlds/selection.ts';
import {
  ALL_IN_EXPRESS,
  failsWhenStrict,
  type InExpress,
  limitsInExpress,
  stateInMemory,
} from './worlds/workers/worker-limits.ts';

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
      ask: 'How near to Express should the answers stay?',
      description:
        'idiomatic: plain Hono, each difference that clients can see is listed; wire: answer byte for byte as before',
      values: ['idiomatic', 'wire'],
      default: 'idiomatic',
    },
    {
      name: 'target',
      description: 'where it will run; with idiomatic, bun and deno listen with their own server',
      values: ['node', 'bun', 'deno', 'workers'],
      default: 'node',
    },
    {
      name: 'only',
      description: 'routes to take, "GET /notes/:id" or "/notes/*"; the rest stays in Express',
      repeat: true,
      default: [],
    },
    {
      name: 'in-place',
      description:
        'handlers whose route stays become Hono’s where Express registers them; such routes take more time than before',
      default: false,
    },
  ],
  chooses: true,
  prefilter: /\bexpress\b/,
  run,
};

export default codemod;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const output = emptyOutput();
  const paths = await withoutParity(input);
  const modules = await modulesIn(input, paths);
  const analyze = (own: (path: string) => boolean) =>
    analyzeModules(selectModules(modules, (path) => !isTestFile(path) && own(path)));
  const own = selectModules(modules, (path) => !isTestFile(path));
  const { program, flow } = analyzeWithFlow(own);
  for (const { path, reason } of program.failed) (output.failed as Map<string, string>).set(path, reason);
  const components = componentsOf(program);
  if (components.length === 0) return program.version === null ? output : { ...output, notes: [NONE_FOUND] };
  const selection = selectionOf(input);
  const unfinished = components.flatMap((each) => halfwayIn(program, each) ?? []);
  if (selection !== null && unfinished.length === 0) checkSelection(program, selection);
  const options: ConversionOptions = {
    parity: input.options.parity === 'wire' ? 'wire' : 'idiomatic',
    target: targetOf(input.options.target),
    tested: testedApps(modules, program),
    inPlace: input.options['in-place'] === true,
    unasked: null,
    taken: new Set(),
  };
  const attempt = (whole: readonly string[]) =>
    decideAll(input, selection, {
      ...{ components, modules, paths, program, analyze },
      options: { ...options, whole },
    });
  const first = await attempt([]);
  const clash = clashing(first.converted);
  const decided = clash.length === 0 ? first : await attempt(clash);
  const { converted, refused, served, verdicts } = decided;
  const told = components.length > 1 ? verdicts : [];
  const both = await merged(input, output, { converted, refused, verdicts: told });
  const all = {
    ...both,
    unfinished,
    leftForYou: selection === null ? both.leftForYou : asAsked(input, both),
    ...(options.inPlace &&
      (selection !== null || options.target === 'workers') && {
        notes: [...(both.notes ?? []), NOT_IN_PLACE],
      }),
  };
  if (options.target !== 'workers' || (converted.length === 0 && served.length === 0)) return all;
  const whole = converted.filter(({ conversion }) => conversion.worlds === null);
  const worlds: InExpress[] = [
    ...converted.flatMap(({ conversion }) => conversion.worlds ?? []),
    ...served.map((each) => ({ program: each, split: ALL_IN_EXPRESS })),
  ];
  return {
    ...all,
    limits: [...all.limits, ...worlds.flatMap((each) => limitsInExpress(each, own, flow))],
    leftForYou: [
      ...all.leftForYou,
      ...[...worlds, ...whole.map(({ conversion }) => conversion)].flatMap((each) => [
        ...stateInMemory(each),
        ...failsWhenStrict(each),
      ]),
      ...loadPlaces(own, program, flow),
      ...latePlaces(program, flow),
    ],
  };
}

const NONE_FOUND =
  'Express is a dependency, and no application or router that this code makes with it was found: what a package makes of it (classes with decorators, a framework on Express) stays as it is.';

const NOT_IN_PLACE = '`--in-place` changes nothing for a Worker, and where files or `--only` choose.';

async function modulesIn({ modules, root, read }: CodemodInput, paths: readonly string[]): Promise<Modules> {
  if (modules === undefined) return loadModules({ root, paths, read });
  const wanted = new Set(paths);
  return selectModules(modules, (path) => wanted.has(path));
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

const targetOf = (value: OptionValue | undefined) =>
  value === 'bun' || value === 'deno' || value === 'workers' ? value : 'node';
