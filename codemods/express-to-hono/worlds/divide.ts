import type { Location } from '../../../src/model/location.ts';
import type { ExpressProgram, RouterValue } from '../../../src/workspace/express/program.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { calleeOf, child, isCall, isMember, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import {
  type Conversion,
  type ConversionOptions,
  createConversion,
  type FileWork,
  type Problem,
} from '../conversion.ts';
import { appsOf } from '../sub-apps.ts';
import type { UsedByTests } from '../used-by-tests.ts';
import { addBlame, type Blame, noBlame } from './blame.ts';
import { elementsOf, type Home, homeOf } from './elements.ts';
import { planWorlds } from './plan.ts';
import { projected } from './project.ts';
import { splitProgram } from './split.ts';
import { nameShared } from './write.ts';

/** How often what is left may turn out to stay as well. */
const ATTEMPTS = 20;

/** What every try needs. */
export interface Dividing<Result extends { conversion: Conversion }> {
  program: ExpressProgram;
  modules: Modules;
  options: ConversionOptions;
  used: UsedByTests;
  attempt(conversion: Conversion): Promise<Result>;
}

/**
 * Takes to Hono what can go while the rest stays in Express, beside it: each try leaves what the one before it could not
 * convert.
 *
 * @param whole the conversion of all of it, with the problems that keep it from going
 * @returns null when nothing can go by itself
 */
export async function divide<Result extends { conversion: Conversion }>(
  whole: Conversion,
  { program, modules, options, used, attempt }: Dividing<Result>,
): Promise<Result | null> {
  const [app, ...more] = appsOf(whole);
  if (app === undefined || more.length > 0 || options.target === 'workers' || isRewritten(whole)) return null;
  if (program.failed.length > 0 || program.routers.some(({ copyOf }) => copyOf !== undefined)) return null;
  const home = homeOf(whole.workOf(app.file), app);
  if (home === null || readsStack(whole) || isHandedOn(whole, app)) return null;
  const blame = noBlame();
  // Calls on the application are Express's as before: what keeps them from converting keeps no route.
  const isOfApp = ({ rule }: Problem) => /^(entry|routing\/member)/.test(rule);
  const rest = [
    ...whole.problems.filter(isOfApp),
    ...addBlame(
      program,
      whole.problems.filter((each) => !isOfApp(each)),
      blame,
    ),
  ];
  for (let tries = 0; tries < ATTEMPTS; tries += 1) {
    const before = sizeOf(blame);
    const conversion = prepared(program, modules, options, used, home, blame);
    if (conversion === null) {
      if (sizeOf(blame) > before) continue;
      return null;
    }
    if (conversion.worlds !== null) conversion.worlds = { ...conversion.worlds, rest };
    const result = await attempt(conversion);
    if (conversion.problems.length === 0) return result;
    addBlame(program, conversion.problems, blame);
    if (sizeOf(blame) === before) return null;
  }
  return null;
}

const sizeOf = ({ functions, calls, routers }: Blame): number => functions.size + calls.size + routers.size;

/** The next try; null when nothing is left to take, or what is to blame has grown. */
function prepared(
  program: ExpressProgram,
  modules: Modules,
  options: ConversionOptions,
  tested: UsedByTests,
  home: Home,
  blame: Blame,
): Conversion | null {
  const app = program.routers.find(({ kind }) => kind === 'app');
  if (app === undefined) return null;
  const scratch = createConversion(program, options);
  const elements = elementsOf(program, app, home, scratch.workOf);
  const split = splitProgram(program, elements, blame);
  if (split.taken.length === 0) return null;
  const part = projected(program, app, [...split.taken, ...split.both]);
  const conversion = createConversion(part, options);
  const { workOf } = conversion;
  const plan = planWorlds({ program, split, home, modules, tested, workOf });
  if (sizeOf(plan.blame) > 0) {
    for (const kind of ['functions', 'calls', 'routers'] as const)
      for (const [key, reason] of plan.blame[kind]) (blame[kind] as Map<unknown, string>).set(key, reason);
    return null;
  }
  const work = workOf(app.file);
  const fresh = (name: string) => freshName(work.bindings.module, name, work.taken);
  const hono = fresh('hono');
  work.taken.add(hono);
  const shared = nameShared(work, split.both, fresh);
  conversion.worlds = { ...plan, program, split, home, hono, shared, rest: [] };
  return conversion;
}

/** Whether a handler changes what requests are routed by: what was chosen at the listener would be another route. */
const isRewritten = ({ rewrites }: Conversion): boolean => rewrites.has('url') || rewrites.has('method');

/** Whether code that is not known gets the application: it may register more on it than is known. */
function isHandedOn({ program, workOf }: Conversion, { references, escapes }: RouterValue): boolean {
  const isListener = ({ file, line, column }: Location) =>
    references.some(({ file: own, node }) => {
      const { line: start, column: at } = own.locate(node.start);
      const call =
        own.path === file && start === line && at === column ? workOf(own).parents.get(node) : undefined;
      return (
        call !== undefined && isCall(call) && /^(on|once|addListener)$/.test(memberName(calleeOf(call)) ?? '')
      );
    });
  if (escapes.some(({ location }) => !isListener(location))) return true;
  const known = new Set([...program.registrations, ...program.appCalls].map(({ call }) => call));
  return references.some(({ file, node }) => {
    const { parents } = workOf(file);
    let inner = node;
    for (let up = parents.get(node); up !== undefined; inner = up, up = parents.get(up)) {
      if (/^(Property|SpreadElement|ObjectExpression|ArrayExpression)$/.test(up.type)) continue;
      return (
        inner !== node && /^(Call|New)Expression$/.test(up.type) && !known.has(up) && calleeOf(up) !== inner
      );
    }
    return false;
  });
}

/** Whether something asks Express for what is registered, runs its router by itself, or changes how it answers past `set`. */
const readsStack = ({ program, workOf }: Conversion): boolean =>
  program.routers.some(({ references }) =>
    references.some(({ file, node }) => {
      const work = workOf(file);
      const member = work.parents.get(node);
      if (!isMember(member) || child(member, 'object') !== node) return false;
      const name = memberName(member) ?? '';
      if (/^(_router|router|handle|stack)$/.test(name)) return true;
      return /^(settings|engines|request|response)$/.test(name) && !isOnlyRead(work, member);
    }),
  );

/** `app.settings.env` as a value: nothing is done to what it is a member of. */
function isOnlyRead({ parents }: FileWork, object: SyntaxNode): boolean {
  const member = parents.get(object);
  if (!isMember(member) || child(member, 'object') !== object) return false;
  const up = parents.get(member);
  const isTarget = up?.type === 'AssignmentExpression' && child(up, 'left') === member;
  return (
    !isTarget &&
    !isMember(up) &&
    up !== undefined &&
    calleeOf(up) !== member &&
    !/^(Update|Unary)Expression$/.test(up.type)
  );
}
