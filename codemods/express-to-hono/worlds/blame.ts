import { at } from '../../../src/model/at.ts';
import type { Location } from '../../../src/model/location.ts';
import type {
  ExpressFunction,
  ExpressProgram,
  HandlerArgument,
  Place,
  RouterValue,
} from '../../../src/workspace/express/program.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Problem } from '../state/conversion.ts';
import { type Blame, holds } from '../state/worlds.ts';

export const noBlame = (): Blame => ({ functions: new Map(), calls: new Map(), routers: new Map() });

/** How many have a reason to stay. */
export const sizeOf = ({ functions, calls, routers }: Blame): number =>
  functions.size + calls.size + routers.size;

/** Adds the reasons of others to those there are; what has one keeps it. */
export function mergeBlame(blame: Blame, added: Blame): void {
  const put = <Key>(to: Map<Key, string>, from: ReadonlyMap<Key, string>) => {
    for (const [key, reason] of from) if (!to.has(key)) to.set(key, reason);
  };
  put(blame.functions, added.functions);
  put(blame.calls, added.calls);
  put(blame.routers, added.routers);
}

/** A problem as the reason for what it keeps. */
export const blameOf = ({ reason, location }: Problem): string => `${reason} (${at(location)})`;

/**
 * Adds problems to what each is the problem of.
 *
 * @returns the problems that belong to no function, registration or router
 */
export function addBlame(program: ExpressProgram, problems: readonly Problem[], blame: Blame): Problem[] {
  return problems.filter((problem) => {
    const { location, unit } = problem;
    const why = blameOf(problem);
    const inside = <T extends { file: ParsedFile }>(all: readonly T[], node: (each: T) => SyntaxNode) =>
      all
        .filter((each) => each.file.path === location.file && includes(each.file, node(each), location))
        .sort((a, b) => size(node(a)) - size(node(b)))[0];
    const fn = unit?.fn ?? inside(program.functions, ({ node }) => node);
    if (fn !== undefined) return void put(blame.functions, fn.node, why);
    const registration = inside(program.registrations, ({ call }) => call);
    if (registration !== undefined) return void put(blame.calls, registration.call, why);
    // What it registers may be written elsewhere: an item of a list that a module exports.
    const users = program.registrations.filter(({ handlers }) =>
      handlers.some((each) => standsAt(each, location)),
    );
    for (const { call } of users) put(blame.calls, call, why);
    if (users.length > 0) return false;
    const made = inside(
      program.routers.filter(({ kind }) => kind === 'router'),
      ({ creation }) => creation,
    );
    const escaped = program.routers.find((each) =>
      each.escapes.some((lost) => at(lost.location) === at(location)),
    );
    const router = made ?? escaped ?? named(program, location);
    if (router?.kind === 'router') return void put(blame.routers, router, why);
    return true;
  });
}

/** Whether a handler, the call that makes it or an item of its list stands around a place. */
function standsAt(argument: HandlerArgument, location: Location): boolean {
  const made = argument.kind === 'package' || argument.kind === 'factory' ? argument.call : null;
  const items = argument.kind === 'array' ? argument.items : [];
  const isAt = ({ file, node }: Place) => file.path === location.file && includes(file, node, location);
  return isAt(argument) || (made !== null && isAt(made)) || items.some((each) => standsAt(each, location));
}

const put = <T>(map: Map<T, string>, key: T, why: string) => map.has(key) || map.set(key, why);

const size = ({ start, end }: SyntaxNode): number => end - start;

/** The router that a place names. */
const named = (program: ExpressProgram, location: Location): RouterValue | undefined =>
  program.routers.find(({ references }) =>
    references.some(({ file, node }) => file.path === location.file && includes(file, node, location)),
  );

function includes(file: ParsedFile, node: SyntaxNode, { line, column }: Location): boolean {
  const [start, end] = [file.locate(node.start), file.locate(node.end)];
  const after = line > start.line || (line === start.line && column >= start.column);
  return after && (line < end.line || (line === end.line && column < end.column));
}

/** Why a function cannot be Hono's: its own reason, or that of one it stands around or calls. */
export function reasonsOf(program: ExpressProgram, blame: Blame): ReadonlyMap<SyntaxNode, string> {
  const reasons = new Map(blame.functions);
  const own = (fn: ExpressFunction, other: ExpressFunction) =>
    fn.file === other.file && fn !== other && holds(fn.node, other.node);
  for (let size = -1; size !== reasons.size; ) {
    size = reasons.size;
    for (const fn of program.functions) {
      if (reasons.has(fn.node)) continue;
      const inner = program.functions.find((other) => {
        const called = other.uses.some((use) => use.kind === 'called' && use.by === fn);
        return reasons.has(other.node) && (called || own(fn, other));
      });
      if (inner === undefined) continue;
      reasons.set(fn.node, reasons.get(inner.node) ?? inner.name);
    }
  }
  return reasons;
}
