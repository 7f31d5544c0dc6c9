import type { Span } from '../../../src/model/location.ts';
import { isTestFile } from '../../../src/workspace/express/analyze.ts';
import type {
  ExpressFunction,
  ExpressProgram,
  HandlerArgument,
  Place,
} from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { withHandedOn } from '../facts/barrels.ts';
import type { UsedByTests } from '../facts/used-by-tests.ts';
import { type Conversion, createConversion, type FileWork, remark } from '../state/conversion.ts';
import { holds, type Named, type Target, type Twin } from '../state/worlds.ts';
import { noBlame } from './blame.ts';
import { exportsOf } from './places/exports-of.ts';
import { placesOf } from './places/named-places.ts';
import { checkPlaces } from './places/seen-places.ts';
import { declarationAround, factoryOf, targetOf } from './targets.ts';
import { writeTwin } from './twins.ts';

/**
 * What the project's own tests use by itself stays as it is for them, and Hono gets a twin of it. Where none can stand beside
 * it, it stays as it is, or else the tests' results would change.
 */
export function keepForTests(conversion: Conversion, used: UsedByTests, modules: Modules): void {
  const tests = new Set(
    modules.paths.filter(isTestFile).filter((test) => !meetsRouters(conversion, modules, test)),
  );
  // A part that is Hono's has its twins by another plan.
  if (conversion.worlds !== null) {
    const isTold = conversion.worlds.inPlace !== null && used.size > 0;
    if (isTold) conversion.originals = { twins: [], copied: new Map(), tests };
    return;
  }
  const tested = [...conversion.units.values()].map(({ fn }) => fn).filter(({ node }) => used.has(node));
  // What stays as it is behind a bridge is there for the tests as well.
  const staysSo = conversion.options.asItIs?.some(({ fn }) => used.has(fn.node)) === true;
  if (tested.length === 0 && staysSo) conversion.originals = { twins: [], copied: new Map(), tests };
  if (tested.length === 0) return;
  const { twins, lost } = planTwins(conversion, tested, modules);
  const copied = new Map<string, Span[]>();
  for (const { work, statement } of twins)
    copied.set(work.file.path, [...(copied.get(work.file.path) ?? []), statement]);
  if (twins.length > 0) conversion.originals = { twins, copied, tests };
  // A Worker has no bridge to Node's request: there the tests are edited.
  if (conversion.options.target === 'workers') return;
  for (const fn of tested) {
    const test = used.get(fn.node);
    const unit = conversion.units.get(fn.node);
    if (!lost.has(fn) || test === undefined || unit === undefined) continue;
    const { location } = fn;
    conversion.problems.push({ location, rule: 'tests/used', reason: `${test} uses it by itself`, unit });
  }
}

/** Writes the twins beside what stays for the tests. */
export function writeOriginals(conversion: Conversion, used: UsedByTests): void {
  const { originals, program } = conversion;
  if (originals === null) return;
  for (const twin of originals.twins) {
    writeTwin(conversion, twin);
    const fn = program.functions.find(
      ({ node, file }) => file === twin.work.file && holds(twin.statement, node) && used.has(node),
    );
    const { work, statement, name } = twin;
    const own = name === '' ? 'this function' : `\`${name}\``;
    const test = fn === undefined ? 'what the tests use' : used.get(fn.node);
    const reason = `${own} stays beside its form for Hono, \`${twin.twin}\`, for ${test}: it can go when nothing tests it any more`;
    remark(conversion, work, statement, 'tests/original', reason);
  }
}

/** The twins of what is tested and of what that calls, and the functions for which there cannot be one. */
function planTwins(
  conversion: Conversion,
  tested: readonly ExpressFunction[],
  modules: Modules,
): { twins: Twin[]; lost: ReadonlySet<ExpressFunction> } {
  const { program, workOf } = conversion;
  // A test is not rewritten: what is read of it is kept apart.
  const { workOf: aside } = createConversion(program, conversion.options);
  const read = (file: ParsedFile) => (isTestFile(file.path) ? aside(file) : workOf(file));
  const lost = new Set<ExpressFunction>();
  for (let size = -1; size !== lost.size; ) {
    size = lost.size;
    const stays = withCalled(
      program,
      tested.filter((fn) => !lost.has(fn)),
    );
    const targets = new Map<SyntaxNode, Target>();
    for (const fn of stays) {
      const target = whole(workOf(fn.file), fn, program);
      if (target !== null) targets.set(target.statement, target);
      else for (const each of callersOf(program, fn, tested)) lost.add(each);
    }
    if (lost.size > size) continue;
    const made = program.registrations.flatMap(({ handlers }) => handlers.flatMap(madeBefore));
    const isOurs = ({ work: { file }, node }: Pick<Named, 'work' | 'node'>) =>
      [
        ...program.registrations.map(({ file, call }) => ({ file, node: call })),
        ...made,
        ...program.functions,
      ].some((each) => each.file === file && holds(each.node, node));
    const places = new Map<Target, readonly Named[]>();
    for (const constant of made.flatMap((each) => constantsOf(workOf, each)))
      places.set(constant, placesOf(constant, modules, read));
    const twins = [...targets.values()].map((target): Twin => {
      const all = placesOf(target, modules, read);
      places.set(target, all);
      const { work, name } = target;
      const twin = name === '' ? 'inHono' : freshName(work.bindings.module, `${name}InHono`, work.taken);
      const isHandedOn = ({ through = [] }: Named) => through.length > 0 && through.every(isOurs);
      return { ...target, twin, places: all.filter((each) => isOurs(each) || isHandedOn(each)) };
    });
    // A constant that a test reads would be Hono's.
    const reached = new Set(reachedBy(modules, modules.paths.filter(isTestFile)));
    const isHeldForTests = (fn: ExpressFunction) =>
      made.some(
        ({ file, node, functions }) =>
          functions.includes(fn) &&
          reached.has(file.path) &&
          constantsOf(workOf, { file, node }).some((each) => exportsOf(each).length > 0),
      );
    const blame = noBlame();
    const ours = new Set(program.functions);
    checkPlaces(program, twins, { places, inside: new Set(program.registrations), ours }, blame);
    for (const fn of tested) {
      const own = twins.filter(({ work, statement }) => work.file === fn.file && holds(statement, fn.node));
      const isBlamed = fn.uses.some(
        (use) =>
          (use.kind === 'registered' && blame.calls.has(use.registration.call)) ||
          (use.kind === 'called' && use.by !== null && blame.functions.has(use.by.node)),
      );
      if (isBlamed || own.length === 0 || isHeldForTests(fn)) lost.add(fn);
    }
    if (lost.size > size) continue;
    for (const { work, twin } of twins) work.taken.add(twin);
    return { twins, lost };
  }
  return { twins: [], lost };
}

/** Whether a test is handed an application or router, which is Hono's now. */
const meetsRouters = ({ program }: Conversion, modules: Modules, test: string): boolean =>
  reachedBy(modules, [test]).some((path) => program.routers.some(({ file }) => file.path === path));

const reachedBy = (modules: Modules, tests: readonly string[]): string[] =>
  tests.flatMap((test) => modules.importsOf(test).flatMap((path) => [...withHandedOn(modules, path)]));

/** The call that makes a handler, where it stands in a statement of its own. */
const madeBefore = (argument: HandlerArgument): (Place & { functions: readonly ExpressFunction[] })[] =>
  argument.kind === 'array'
    ? argument.items.flatMap(madeBefore)
    : argument.kind === 'factory' &&
        !(argument.call.file === argument.file && holds(argument.node, argument.call.node))
      ? [{ ...argument.call, functions: functionsIn(argument) }]
      : [];

/** The constant that such a call is the value of. */
function constantsOf(workOf: Conversion['workOf'], { file, node }: Place): Target[] {
  const target = declarationAround(workOf(file), node, file.program);
  return target === null ? [] : [target];
}

/** Functions with all that they call: the original calls what is Express's still. */
function withCalled(program: ExpressProgram, first: readonly ExpressFunction[]): Set<ExpressFunction> {
  const found = new Set(first);
  for (const by of found) for (const fn of program.functions) if (isCalledIn(fn, by)) found.add(fn);
  return found;
}

const isCalledIn = (fn: ExpressFunction, by: ExpressFunction): boolean =>
  fn.uses.some(
    (use) => use.kind === 'called' && (use.by === by || (use.file === by.file && holds(by.node, use.call))),
  );

/** The tested functions that reach a function by calls, itself included. */
const callersOf = (program: ExpressProgram, fn: ExpressFunction, tested: readonly ExpressFunction[]) =>
  tested.filter((each) => withCalled(program, [each]).has(fn));

/** The statement that may be written twice: nothing is registered or made a router in it, and no router is named. */
function whole(work: FileWork, fn: ExpressFunction, program: ExpressProgram): Target | null {
  const root = work.file.program;
  const target = targetOf(work, fn, root) ?? factoryOf(work, fn, root);
  if (target === null) return null;
  const isIn = (file: unknown, node: Span) => file === work.file && holds(target.statement, node);
  const isOfRouters =
    program.registrations.some(({ file, call }) => isIn(file, call)) ||
    program.routers.some(({ references }) => references.some(({ file, node }) => isIn(file, node)));
  return isOfRouters ? null : target;
}
