import { at } from '../../../src/model/at.ts';
import type { Span } from '../../../src/model/location.ts';
import type {
  ExpressFunction,
  ExpressProgram,
  HandlerArgument,
  Registration,
} from '../../../src/workspace/express/program.ts';
import { functionsIn } from '../../../src/workspace/express/registrations.ts';
import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { calleeOf, child, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { enclosingFunction, findAll } from '../../../src/workspace/syntax/walk.ts';
import type { FileWork } from '../state/conversion.ts';
import { holds, type Named, type Plan, type PlanInput, type Target, type Twin } from '../state/worlds.ts';
import { noBlame } from './blame.ts';
import { packageConstants } from './constants.ts';
import { makesValue } from './copies.ts';
import { aliasesIn, memberTargetOf } from './member-targets.ts';
import { exportsOf } from './places/exports-of.ts';
import { placesOf } from './places/named-places.ts';
import { checkPlaces } from './places/seen-places.ts';
import { functionsOf, partOf } from './project.ts';
import { valuesOf } from './registered-values.ts';
import { itemsOf, staying, stayingItems } from './staying.ts';
import { factoryOf, readTarget, statementIn, targetOf } from './targets.ts';

type Spans = Map<string, Span[]>;

const put = (spans: Spans, file: ParsedFile, span: Span) =>
  spans.set(file.path, [...(spans.get(file.path) ?? []), span]);

const within = (spans: Spans, file: ParsedFile, span: Span): boolean =>
  spans.get(file.path)?.some((each) => holds(each, span)) === true;

/** Decides for each function and value that Hono needs whether it moves, or gets a twin because Express needs it as well. */
export function planWorlds(input: PlanInput): Plan {
  const { program, split, home, modules, tested, workOf } = input;
  const moved: Spans = new Map();
  const copied: Spans = new Map();
  const blame = noBlame();
  const elements = [...split.taken, ...split.both];
  const part = partOf(program, split);
  const { routers } = part;
  const both = new Set(split.both.flatMap(({ registrations }) => registrations));
  const inside = new Set(part.inside);
  for (const { statement, registrations } of elements) {
    const [first] = registrations;
    if (statement === null || first === undefined) continue;
    put(moved, first.file, statement);
    if (registrations.some((each) => both.has(each))) put(copied, first.file, statement);
  }
  for (const router of routers) {
    const work = workOf(router.file);
    const around = enclosingFunction(router.file, router.creation);
    // A function that also registers on the application is divided: its router is a statement of it.
    const registers =
      around !== null &&
      elements.some(
        ({ statement, registrations: [first] }) =>
          statement !== null && first?.file === router.file && holds(around, statement),
      );
    const block = registers ? (child(around, 'body') ?? home.block) : home.block;
    const made = statementIn(work, router.creation, block) ?? router.creation;
    put(moved, router.file, registers ? made : (around ?? made));
  }
  for (const each of inside)
    if (routers.has(each.on)) put(moved, each.file, statementAround(workOf(each.file), each.call));
  for (const { on, file, call } of program.appCalls)
    if (routers.has(on)) put(moved, file, statementAround(workOf(file), call));

  const ours = functionsOf(program, [...inside]);
  const stays = staying(program, ours, { inside, both, tested });
  const targets = new Map<SyntaxNode, Target>();
  const wanted = new Set<SyntaxNode>();
  for (const { on, home: made } of split.divided) {
    const target = readTarget(workOf(on.file), made.statement);
    if (target === null) continue;
    targets.set(target.statement, target);
    wanted.add(target.statement);
  }
  for (const fn of ours) {
    if (within(moved, fn.file, fn.node)) continue;
    const own =
      targetOf(workOf(fn.file), fn, home.block) ??
      (isMadeForEach(program, fn, both) ? factoryOf(workOf(fn.file), fn, home.block) : null);
    const target = own ?? (stays.has(fn) ? memberTargetOf(program, fn, workOf) : null);
    if (target !== null) targets.set(target.statement, target);
    if (!stays.has(fn)) continue;
    if (target === null)
      blame.functions.set(fn.node, `\`${fn.name}\` is used by what stays as well (${at(fn.location)})`);
    else wanted.add(target.statement);
  }
  for (const registration of inside) {
    for (const argument of registration.handlers) {
      for (const alias of aliasesIn(argument, targets, workOf)) targets.set(alias.statement, alias);
      for (const found of valuesOf(input, registration, argument)) {
        if (found === null)
          blame.calls.set(
            registration.call,
            `the middleware it registers is made where it cannot be told apart (${at(argument.file.locate(argument.node.start))})`,
          );
        else targets.set(found.statement, found);
      }
    }
  }
  const kept = stayingItems(program, inside, both);
  for (const registration of inside) {
    const isApart = ({ file, node }: HandlerArgument) =>
      (file !== registration.file || !holds(registration.call, node)) &&
      ![...targets.values()].some(({ work, statement }) => work.file === file && holds(statement, node));
    const shared = itemsOf(registration).find((item) => kept.has(item.node) && isApart(item));
    if (shared !== undefined)
      blame.calls.set(
        registration.call,
        `a list that it registers is used by what stays as well (${at(shared.file.locate(shared.node.start))})`,
      );
  }
  for (const target of [...targets.values()])
    for (const each of packageConstants(target, home)) targets.set(each.statement, each);
  for (const { statement, work } of targets.values()) put(moved, work.file, statement);
  for (const fn of ours)
    if (!within(moved, fn.file, fn.node)) put(moved, fn.file, withType(workOf(fn.file), program, fn.node));

  const places = new Map<Target, Named[]>();
  for (const target of targets.values()) places.set(target, placesOf(target, modules, workOf));
  const isHere = ({ work, node }: Pick<Named, 'work' | 'node'>) => within(moved, work.file, node);
  // What hands it on to a function that is Hono's by then hands on the twin.
  const isMoved = (place: Named) => isHere(place) || place.through?.every(isHere) === true;
  // One that stays as well makes what it names be needed twice.
  for (let size = -1; size !== wanted.size; ) {
    size = wanted.size;
    for (const [target, all] of places) {
      if (wanted.has(target.statement)) {
        if (!within(copied, target.work.file, target.statement))
          put(copied, target.work.file, target.statement);
        continue;
      }
      // Whatever else may reach it: the original is there for it.
      const outside = all.some(
        (place) =>
          !exportsOf(target).some(({ by }) => by !== null && holds(by, place.node)) &&
          (!isMoved(place) || within(copied, place.work.file, place.node)),
      );
      if (outside) wanted.add(target.statement);
    }
  }
  const twins: Twin[] = [];
  for (const [target, all] of places) {
    if (!wanted.has(target.statement)) continue;
    const { work, name, value } = target;
    // What the list makes would be made twice.
    if (unwrap(value).type === 'ArrayExpression' && makesValue(value)) {
      for (const { file, call } of inside)
        if (all.some((each) => each.work.file === file && holds(call, each.node)))
          blame.calls.set(
            call,
            `a list that stays as well makes what it holds (${at(work.file.locate(target.statement.start))})`,
          );
    }
    const twin = name === '' ? 'inHono' : twinName(target);
    twins.push({ ...target, twin, places: all.filter(isMoved) });
  }
  checkPlaces(program, twins, { places, inside, ours }, blame);
  return { moved, copied, twins, blame };
}

/** What the twin of a declaration is called: among members only what its file names is in the way. */
function twinName({ work, name, members }: Target): string {
  const wanted = `${name}InHono`;
  const isFree =
    members !== undefined && !findAll(work.file.program, 'Identifier').some((each) => each.name === wanted);
  if (isFree) return wanted;
  const twin = freshName(work.bindings.module, wanted, work.taken);
  work.taken.add(twin);
  return twin;
}

/** Whether a function is made anew by each registration that has it: what a factory keeps is no other registration's. */
const isMadeForEach = (
  { registrations }: ExpressProgram,
  fn: ExpressFunction,
  both: ReadonlySet<Registration>,
): boolean =>
  registrations.every((registration) =>
    itemsOf(registration).every(
      (item) =>
        !functionsIn(item).includes(fn) ||
        (item.kind === 'factory' &&
          !both.has(registration) &&
          item.call.file === registration.file &&
          holds(registration.call, item.call.node)),
    ),
  );

/**
 * A function with the wrappers around it, which go, and the type that its member or constant is declared with:
 * `list: RequestHandler = asyncHandler((req, res) => …)`.
 */
function withType(work: FileWork, program: ExpressProgram, fn: SyntaxNode): SyntaxNode {
  const up = work.parents.get(fn);
  if (up !== undefined && program.wrappers.some(({ node }) => node === up))
    return withType(work, program, up);
  const isHeld = up !== undefined && /^(PropertyDefinition|VariableDeclarator)$/.test(up.type);
  return isHeld && (child(up, 'value') ?? child(up, 'init')) === fn ? up : fn;
}

function statementAround({ parents }: FileWork, call: SyntaxNode): SyntaxNode {
  let node = call;
  for (let up = parents.get(node); up !== undefined; up = parents.get(node)) {
    if (!/^(MemberExpression|ChainExpression|ExpressionStatement)$/.test(up.type) && calleeOf(up) !== node)
      return node;
    node = up;
    if (up.type === 'ExpressionStatement') return up;
  }
  return node;
}
