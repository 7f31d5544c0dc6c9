import type { CodemodInput, CodemodOutput } from '../../src/codemod/contract.ts';
import type { ExpressProgram } from '../../src/workspace/express/program.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import type { Converted } from './application/converted.ts';
import type { componentsOf } from './components.ts';
import { decide } from './decide.ts';
import { emptyOutput } from './empty-output.ts';
import { expressInWorker } from './express-in-worker.ts';
import { finish } from './finish.ts';
import { refusals } from './outcomes.ts';
import { withOwnFailures } from './own-failures.ts';
import { OWN_SERVER } from './server/own-server.ts';
import type { Conversion, ConversionOptions } from './state/conversion.ts';
import { halfwayIn } from './worlds/halfway.ts';
import { routesInExpress } from './worlds/routes.ts';
import { askedOf, NOT_ASKED, placesTaken, type selectionOf, unaskedOf } from './worlds/selection.ts';
import { withoutWorker } from './worlds/workers/no-worker.ts';

/** What is decided about. */
export interface Deciding {
  components: ReturnType<typeof componentsOf>;
  modules: Modules;
  paths: readonly string[];
  program: ExpressProgram;
  analyze(own: (path: string) => boolean): ExpressProgram;
  options: ConversionOptions;
}

/** What became of the applications. */
export interface Decided {
  converted: Converted[];
  refused: CodemodOutput[];
  /** Those of the refused that run as they are in a Worker. */
  served: ExpressProgram[];
  verdicts: string[];
}

/** Decides each application by itself. */
export async function decideAll(
  input: CodemodInput,
  selection: ReturnType<typeof selectionOf>,
  { components, modules, paths, program, analyze, options }: Deciding,
): Promise<Decided> {
  const served: ExpressProgram[] = [];
  const converted: Converted[] = [];
  const refused: CodemodOutput[] = [];
  const verdicts: string[] = [];
  const isOnly = components.length === 1;
  for (const component of components) {
    const { apps, files } = component;
    if (halfwayIn(program, component) !== undefined) continue;
    const others = new Set(
      components.filter((each) => each.files !== files).flatMap((each) => [...each.files]),
    );
    const isOwn = (path: string) => !others.has(path);
    const part = await withOwnFailures(input, modules, isOnly ? program : analyze(isOwn));
    const scope = { ...input, paths: isOnly ? input.paths : paths.filter(isOwn) };
    const asked = selection === null ? part.routes : askedOf(part, selection);
    if (selection !== null && asked.length === 0) {
      refused.push({ ...emptyOutput(), routes: routesInExpress(part, NOT_ASKED) });
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
    // Nothing is written for one that is left alone.
    const isServed = !('conversion' in found) && found.created.size > 0;
    if (isServed) served.push(part);
    const state =
      'conversion' in found ? 'is converted' : isServed ? 'is served as it is' : 'is left as it is';
    verdicts.push(`${[...new Set(apps.map(({ file }) => file.path))].join(', ')} ${state}.`);
  }
  return { converted, refused, served, verdicts };
}

/** Parts that one application needs as Express had them, where another one writes to the same module and does not. */
export function clashing(converted: readonly Converted[]): string[] {
  const wholeOf = ({ conversion }: Converted) => [...(conversion.idiomatic?.whole ?? [])];
  return converted.flatMap((one) => {
    const beside = converted.filter(({ places }) => places.parity === one.places.parity);
    const isServer = beside.some(({ conversion }) => isServed(conversion) !== isServed(one.conversion));
    const blocks = wholeOf(one).filter((block) =>
      beside.some(({ conversion }) => !conversion.idiomatic?.whole.has(block)),
    );
    return isServer ? [...blocks, OWN_SERVER] : blocks;
  });
}

const isServed = ({ ownServer }: Conversion): boolean => ownServer !== null;

/** What is there for an application of which no route can go. */
const inPlaceOffer = (handlers: number, of: number): string =>
  `\`--in-place\` makes ${handlers} of its ${of} handlers Hono’s where Express registers them. All routes stay in Express then, and a request to one of these takes about twice the CPU time: it is worth it where what stands before them goes next.`;

async function decideOne(
  input: CodemodInput,
  modules: Modules,
  program: ExpressProgram,
  options: ConversionOptions,
): Promise<Converted | CodemodOutput> {
  const failed = new Map(program.failed.map(({ path, reason }) => [path, reason]));
  const decided = await decide(input, modules, program, options);
  if ('refused' in decided) {
    const { refused, stays, offered } = decided;
    const served = failed.size > 0 ? null : await expressInWorker(input, refused, { stays, modules });
    if (served !== null && 'edits' in served) return served;
    const output = {
      ...refusals(refused, { ...emptyOutput(), failed }, stays),
      ...(offered > 0 && { notes: [inPlaceOffer(offered, refused.units.size)] }),
    };
    return served === null ? output : withoutWorker(output, program, served);
  }
  const { conversion, places } = decided;
  if ((await input.read(places.parity)) !== null) {
    const location = { file: places.parity, line: 1, column: 1 };
    const reason = 'a file of this name is there already';
    conversion.problems.push({ location, rule: 'parity', reason, unit: null });
  }
  if (failed.size > 0 || conversion.problems.length > 0)
    return refusals(conversion, { ...emptyOutput(), failed });
  return finish(input, conversion, places);
}
