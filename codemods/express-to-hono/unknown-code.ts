import type { ExpressFunction, HandlerArgument, Registration } from '../../src/workspace/express/program.ts';
import { functionsIn, packagesIn, routersIn } from '../../src/workspace/express/registrations.ts';
import { child, isIdentifier, isMember, memberName } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { enclosingFunction, findAll } from '../../src/workspace/syntax/walk.ts';
import { readsAfterNext } from './after-next.ts';
import { isUnknownPackage } from './bridges.ts';
import type { Conversion, FileWork } from './conversion.ts';
import { referencesOf } from './request-changes.ts';
import { memberNames, TERMINALS } from './units.ts';

/** Code of which nothing is known, where it is registered: it may change anything of the request and response. */
export interface UnknownCode {
  registration: Registration;
  /** Of the argument it stands in. */
  position: number;
  name: string;
}

/**
 * Packages that nobody compared, and functions behind the bridge that hand the request or response on to such code.
 *
 * @param kept functions that stay, by node
 */
export function unknownCode(conversion: Conversion, kept: ReadonlyMap<SyntaxNode, string>): UnknownCode[] {
  if (conversion.options.target === 'workers') return [];
  const found: UnknownCode[] = [];
  for (const registration of conversion.program.registrations) {
    for (const [position, argument] of registration.handlers.entries()) {
      const unknown = packagesIn(argument).find((each) => isUnknownPackage(conversion, each));
      if (unknown !== undefined) found.push({ registration, position, name: unknown.package });
    }
  }
  const known = knownCalls(conversion);
  for (const fn of conversion.program.functions) {
    if (!kept.has(fn.node) || !handsOn(conversion.workOf(fn.file), fn, known)) continue;
    for (const root of rootsOf(fn)) {
      if (!goesOn(root)) continue;
      for (const use of root.uses)
        if (use.kind === 'registered')
          found.push({ registration: use.registration, position: use.position, name: fn.name });
    }
  }
  return found;
}

/** Whether an argument holds such code. */
export const isUnknownCode = (
  all: readonly UnknownCode[],
  registration: Registration,
  argument: HandlerArgument,
): boolean =>
  all.some(({ position, ...each }) => {
    const own = registration.handlers[position];
    return (
      each.registration === registration &&
      (own === argument || (own?.kind === 'array' && own.items.includes(argument)))
    );
  });

/** Functions that a request may meet after such code, with the name of that code. */
export function followersOf(
  conversion: Conversion,
  all: readonly UnknownCode[],
): ReadonlyMap<ExpressFunction, string> {
  const found = new Map<ExpressFunction, string>();
  for (const { registration, position, name } of all) {
    const isList = registration.handlers[position]?.kind === 'array';
    for (const argument of registration.handlers.slice(isList ? position : position + 1))
      for (const fn of functionsIn(argument)) found.set(fn, found.get(fn) ?? name);
    for (const each of registrationsAfter(conversion, registration))
      for (const fn of each.handlers.flatMap(functionsIn)) found.set(fn, found.get(fn) ?? name);
  }
  return found;
}

/** Registrations that a request may meet after this one: on its router, on what is mounted there, and where it is mounted. */
function registrationsAfter({ program, workOf }: Conversion, origin: Registration): Set<Registration> {
  const found = new Set<Registration>();
  const left = new Set<Registration>();
  const enter = (registration: Registration): void => {
    if (found.has(registration)) return;
    found.add(registration);
    for (const router of registration.handlers.flatMap(routersIn))
      for (const inner of program.registrations) if (inner.on === router) enter(inner);
  };
  const leave = (from: Registration): void => {
    if (left.has(from)) return;
    left.add(from);
    for (const each of program.registrations) {
      const isSame = each.on === from.on || each.on.copyOf === from.on || each.on === from.on.copyOf;
      if (isSame && each !== from && !isBefore(workOf(from.file), each, from) && meet(from, each))
        enter(each);
    }
    for (const mount of program.registrations)
      if (mount.handlers.flatMap(routersIn).includes(from.on)) leave(mount);
  };
  leave(origin);
  return found;
}

/** Whether one registration is certainly made before another: both run once, in the order they are written in. */
function isBefore(work: FileWork, first: Registration, second: Registration): boolean {
  if (first.file !== second.file || first.call.end > second.call.end) return false;
  const inner = enclosingFunction(first.file, first.call);
  if (inner !== enclosingFunction(second.file, second.call)) return false;
  const { on } = second;
  const isOwn = on.file === second.file && enclosingFunction(on.file, on.creation) === inner;
  for (let up = work.parents.get(second.call); up !== undefined && up !== inner; up = work.parents.get(up))
    if (/^(For|ForOf|ForIn|While|DoWhile)Statement$/.test(up.type)) return false;
  return inner === null || isOwn;
}

/** Whether one request may match both: false where their paths differ in a written-out segment. */
function meet(first: Registration, second: Registration): boolean {
  if (second.method === 'param') return true;
  const paths = ({ paths: own, method }: Registration) =>
    own.length === 0 ? [null] : own.map(({ text }) => (text === null ? null : { text, method }));
  return paths(first).some((one) =>
    paths(second).some((other) => one === null || other === null || overlap(one, other)),
  );
}

interface Path {
  text: string;
  method: string;
}

function overlap(one: Path, other: Path): boolean {
  const [a, b] = [one, other].map(({ text }) => text.toLowerCase().split('/').filter(Boolean)) as [
    string[],
    string[],
  ];
  const isPlain = (segment: string) => /^[\w.~-]+$/.test(segment);
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [left, right] = [a[index], b[index]];
    // A prefix meets whatever is below it; what is no plain segment may be any number of them.
    if (left === undefined) return one.method === 'use' || !isPlain(right ?? '');
    if (right === undefined) return other.method === 'use' || !isPlain(left);
    if (!isPlain(left) || !isPlain(right)) {
      if (/^:\w+$/.test(left) || /^:\w+$/.test(right)) continue;
      return true;
    }
    if (left !== right) return false;
  }
  return true;
}

/** Calls that reach functions of this repository, which were read. */
const knownCalls = ({ program }: Conversion): ReadonlySet<SyntaxNode> =>
  new Set(
    program.functions.flatMap(({ uses }) => uses.flatMap((use) => (use.kind === 'called' ? [use.call] : []))),
  );

/** Whether a function answers in a callback, when the handlers after it may have begun to. */
const answersLater = (work: FileWork, fn: ExpressFunction): boolean =>
  referencesOf(work, fn, 'res').some(
    (node) =>
      enclosingFunction(fn.file, node) !== fn.node &&
      memberNames(work, node).some((name) => TERMINALS.has(name)),
  );

/** Whether a function does more with its request or response than to name their members: others may change them. */
function handsOn(work: FileWork, fn: ExpressFunction, known: ReadonlySet<SyntaxNode>): boolean {
  const isOpen = findAll(fn.node, 'Identifier').some(
    (node) => isIdentifier(node, 'arguments') || isIdentifier(node, 'eval'),
  );
  return (
    isOpen ||
    answersLater(work, fn) ||
    readsAfterNext(work, fn) ||
    (['req', 'res'] as const).some((role) =>
      referencesOf(work, fn, role).some((node) => {
        const up = work.parents.get(node);
        if (up !== undefined && isMember(up) && child(up, 'object') === node) return memberName(up) === null;
        return up === undefined || !known.has(up);
      }),
    )
  );
}

/** The registered functions through which a function is reached. */
function rootsOf(fn: ExpressFunction, seen = new Set<ExpressFunction>()): ExpressFunction[] {
  if (seen.has(fn)) return [];
  seen.add(fn);
  const callers = fn.uses.flatMap((use) =>
    use.kind === 'called' && use.by !== null ? rootsOf(use.by, seen) : [],
  );
  return fn.uses.some(({ kind }) => kind === 'registered') ? [fn, ...callers] : callers;
}

/** Whether others may run after it; what answers or fails alone is followed by error handlers only. */
const goesOn = ({ roles, kind }: ExpressFunction): boolean => roles.includes('next') || kind === 'middleware';
