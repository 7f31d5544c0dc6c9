import type { Codemod, CodemodInput, CodemodOutput } from '../../src/codemod/contract.ts';
import type { LeftForYou, Outcome } from '../../src/model/changeset.ts';
import { MigrateError } from '../../src/model/errors.ts';
import { ExitCode } from '../../src/model/exit.ts';
import { analyzeWithFlow, isTestFile } from '../../src/workspace/express/analyze.ts';
import type { ExpressProgram, ExpressRoute } from '../../src/workspace/express/program.ts';
import type { ServerRoute } from '../../src/workspace/server/model.ts';
import { loadModules, selectModules } from '../../src/workspace/syntax/modules.ts';
import { lineEnding } from '../../src/workspace/text.ts';
import { packageName } from '../express-to-hono/edit/manifest.ts';
import { emptyOutput } from '../express-to-hono/empty-output.ts';
import { checkSelection, matches, routeName } from '../express-to-hono/worlds/selection.ts';
import { changesOf, patchIn } from './changed.ts';
import { type Converted, convertRoutes } from './convert.ts';
import { type EdgeTarget, folderFiles } from './folder.ts';
import { type Known, Refusal } from './known.ts';
import { keptOthers, noSuchRoute, otherRoutes, refusedOthers } from './others.ts';

const ID = 'extract-edge';
/** The layer without a route of its own, and with every route that can live there. */
const [NONE, ABLE] = ['none', 'able'];

/** What only requests show that the edge hands to the origin: nobody sees a difference. */
const AT_ORIGIN = new Set(['not-found-page', 'error-page', 'error-text', 'error-type', 'routing', 'body']);

const codemod: Codemod = {
  id: ID,
  title: 'Edge layer in front of a server',
  from: 'express',
  to: 'hono',
  description:
    'A folder of its own with a Hono application that answers the chosen routes of Express and hands everything else to the origin, whatever that is written with; it stays as it is.',
  options: [
    {
      name: 'routes',
      description: `routes the edge answers, "GET /catalog/*"; "${ABLE}": all that can, "${NONE}": a layer that hands everything on; not given: says which could`,
      repeat: true,
      default: [],
    },
    {
      name: 'target',
      description: 'where the layer will run',
      values: ['workers', 'bun', 'deno', 'node'],
      default: 'workers',
    },
    { name: 'folder', description: 'the folder to write', default: 'edge' },
    {
      name: 'parity',
      description: 'as of express-to-hono: idiomatic, or wire for answers that are the same byte for byte',
      values: ['idiomatic', 'wire'],
      default: 'idiomatic',
    },
  ],
  // The layer stands in front of any server.
  prefilter: /./,
  unit: 'route',
  run,
};

export default codemod;

async function run(input: CodemodInput): Promise<CodemodOutput> {
  const folder = folderOf(input);
  const paths = input.paths.filter((path) => !path.startsWith(`${folder}/`) && !isTestFile(path));
  const loaded = input.modules ?? (await loadModules({ root: input.root, paths, read: input.read }));
  const wanted = new Set(paths);
  const modules = selectModules(loaded, (path) => wanted.has(path));
  const { program, flow } = analyzeWithFlow(modules);
  const output = emptyOutput();
  for (const { path, reason } of program.failed) (output.failed as Map<string, string>).set(path, reason);
  const patched = modules.paths.filter((path) => modules.text(path)?.includes('.prototype'));
  const looked = new Set([...program.files, ...patched.flatMap((path) => modules.file(path) ?? [])]);
  const known: Known = {
    ...{ modules, functions: program.functions, changed: changesOf(modules, flow), patch: patchIn(looked) },
  };
  const asked = Array.isArray(input.options.routes) ? input.options.routes.map(String) : [];
  const others = otherRoutes(modules);
  if (asked.length === 0) return { ...output, ...(await survey(input, program, known, others)) };
  const patterns = asked.filter((each) => each !== NONE && each !== ABLE);
  const isAble = asked.includes(ABLE);
  const elsewhere = refusedOthers(ID, others, patterns);
  if (elsewhere.outcomes.length > 0) return { ...output, ...elsewhere };
  if (program.routes.length === 0 && patterns.length > 0) throw noSuchRoute(others, patterns);
  const wished = isAble ? [...program.routes] : patterns.length === 0 ? [] : chosen(program, patterns);
  const refused = await refusalsOf(input, program, known, wished);
  const routes = isAble ? wished.filter((route) => !refused.has(route)) : wished;
  if (isAble && routes.length === 0) return { ...output, ...(await survey(input, program, known, others)) };
  if (refused.size > 0 && !isAble) return { ...output, ...refusedOutput(routes, refused) };
  const converted = routes.length === 0 ? null : await convertRoutes(input, program, known, routes);
  return { ...output, ...(await written(input, program, folder, routes, converted)) };
}

function folderOf({ options }: CodemodInput): string {
  const folder = String(options.folder ?? 'edge').replace(/\/+$/, '');
  if (/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/.test(folder)) return folder;
  throw new MigrateError('BAD_FOLDER', `--folder ${folder} is no folder inside the repository.`, {
    hint: 'Give a name such as edge or apps/edge.',
    exitCode: ExitCode.usage,
  });
}

function chosen(program: ExpressProgram, only: readonly string[]): ExpressRoute[] {
  checkSelection(program, { files: null, only, earlier: new Set() });
  return program.routes.filter((route) => only.some((pattern) => matches(pattern, route)));
}

/** Each route by itself: what keeps one back says nothing of the others. */
async function refusalsOf(
  input: CodemodInput,
  program: ExpressProgram,
  known: Known,
  routes: readonly ExpressRoute[],
): Promise<Map<ExpressRoute, Refusal>> {
  const refused = new Map<ExpressRoute, Refusal>();
  for (const route of routes) {
    input.signal.throwIfAborted();
    try {
      await convertRoutes(input, program, known, [route]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.set(route, error);
    }
  }
  return refused;
}

/** What could live at the edge and what not; nothing is changed. */
async function survey(
  input: CodemodInput,
  program: ExpressProgram,
  known: Known,
  others: readonly ServerRoute[],
): Promise<Pick<CodemodOutput, 'outcomes' | 'notes' | 'next'>> {
  const refused = await refusalsOf(input, program, known, program.routes);
  const able = program.routes.filter((route) => !refused.has(route));
  const outcomes = program.routes.flatMap((route): Outcome[] => {
    const refusal = refused.get(route);
    return refusal === undefined
      ? []
      : [{ ...refusal.location, name: routeName(route), outcome: 'kept', reason: refusal.message }];
  });
  const files = program.registrations.filter(({ handlers }) =>
    handlers.some(
      (each) => each.kind === 'package' && each.package === 'express' && each.member === 'static',
    ),
  );
  const options = able.map((route) => `--routes "${routeName(route)}"`).join(' ');
  return {
    outcomes: [...outcomes, ...keptOthers(others)],
    notes: [
      `${able.length} of ${program.routes.length + others.length} routes can live at the edge${able.length === 0 ? '' : `: ${able.map(routeName).join(', ')}`}.`,
      ...files.map(
        ({ location }) =>
          `The static files of ${location.file}:${location.line}:${location.column} can be served by Workers as assets, with headers of their own (ETag, Cache-Control): this codemod leaves them at the origin.`,
      ),
    ],
    next: [
      able.length === 0
        ? `A layer that hands everything on: migrate codemod run ${ID} --routes ${NONE}`
        : `Write it: migrate codemod run ${ID} ${options}`,
    ],
  };
}

/** What clients of the chosen routes see otherwise: with `--parity wire` nothing. */
const differences = (converted: Converted | null): string[] =>
  (converted?.output.leftOut ?? [])
    .filter(({ behaviour }) => !AT_ORIGIN.has(behaviour))
    .map(({ about, differences: all }) => {
      const seen = [...new Set(all.map((each) => each.about))].join('; ');
      return `The origin answers the chosen routes otherwise: ${about.replace(/\.$/, '')}. At the edge: ${seen}.`;
    });

function refusedOutput(
  routes: readonly ExpressRoute[],
  refused: ReadonlyMap<ExpressRoute, Refusal>,
): Pick<CodemodOutput, 'outcomes' | 'leftForYou'> {
  const outcomes = routes.map((route): Outcome => {
    const refusal = refused.get(route);
    const reason = refusal?.message ?? 'another route that was asked for cannot live at the edge';
    return { ...route.registration, name: routeName(route), outcome: 'refused', reason };
  });
  const leftForYou = [...refused].map(
    ([route, { location, message }]): LeftForYou => ({
      ...{ ...location, codemod: ID, rule: 'route', blocks: true },
      reason: `${routeName(route)} stays at the origin: ${message}`,
    }),
  );
  return { outcomes, leftForYou };
}

async function written(
  input: CodemodInput,
  program: ExpressProgram,
  folder: string,
  routes: readonly ExpressRoute[],
  converted: Converted | null,
): Promise<Pick<CodemodOutput, 'created' | 'outcomes' | 'notes' | 'next'>> {
  const target = String(input.options.target ?? 'workers') as EdgeTarget;
  const files = folderFiles({
    ...{ target, name: await packageName(input) },
    dependencies: converted?.dependencies ?? {},
    routes: converted,
  });
  for (const [path, text] of converted?.files ?? []) files.set(path, text);
  const app = program.routers.find(({ kind }) => kind === 'app')?.file.text ?? '';
  const eol = lineEnding(app) === '\r\n' ? '\r\n' : '\n';
  return {
    created: new Map([...files].map(([path, text]) => [`${folder}/${path}`, text.replace(/\r?\n/g, eol)])),
    outcomes: routes.map((route) => ({
      ...route.registration,
      name: routeName(route),
      outcome: 'converted',
    })),
    notes: [...(converted?.output.notes ?? []), ...differences(converted)],
    next: [`Start the origin, then the layer in front of it: ${folder}/README.md says how.`],
  };
}
