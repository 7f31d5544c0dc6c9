import type { ArrayValue, FunctionValue, InstanceValue, ObjectValue, Value } from '../syntax/flow/values.ts';
import type { ExpressFunction, RouterValue } from './program.ts';
import type { Lookup } from './registrations.ts';
import { routerKind } from './surface.ts';

export type Escaping = Pick<ExpressFunction, 'escapes'> & Partial<Pick<ExpressFunction, 'uses'>>;

/** Express functions and routers with the names of the members that hold them, `*` for any. */
export type Held = ReadonlyMap<Escaping | RouterValue, ReadonlySet<string>>;

type Container = ObjectValue | ArrayValue | InstanceValue;

const isContainer = (value: Value): value is Container =>
  value.kind === 'object' || value.kind === 'array' || value.kind === 'instance';

function add(
  to: Map<Escaping | RouterValue, Set<string>>,
  item: Escaping | RouterValue,
  names: Iterable<string>,
): void {
  const all = to.get(item) ?? new Set();
  for (const name of names) all.add(name);
  to.set(item, all);
}

/** A container as it is looked into: behind an instance, or what a function gives back, only routers count. */
interface Look {
  container: Container;
  withFunctions: boolean;
  /** What it holds itself, and the containers inside it. */
  own: [Escaping | RouterValue, string][];
  inside: Look[] | null;
  /** Its place in the search, and the earliest that can be reached from it. */
  at: number;
  lowest: number;
  held: Held | null;
}

/**
 * Finds functions and routers inside objects and lists, and routers that a function gives back or an instance keeps:
 * whoever gets the outer value gets at them. Containers that hold each other hold the same, which is worked out once for
 * all calls (strongly connected components, after R. Tarjan, 1972).
 */
export function createHeld(lookup: Lookup): (values: Iterable<Value>, isCallback: boolean) => Held {
  const looks = { functions: new Map<Container, Look>(), routers: new Map<Container, Look>() };
  const returned = new Map<FunctionValue, readonly Value[]>();
  const open: Look[] = [];
  let places = 0;

  function lookInto(container: Container, withFunctions: boolean): Look {
    const known = looks[withFunctions ? 'functions' : 'routers'];
    const look = known.get(container) ?? {
      ...{ container, withFunctions, own: [], inside: null },
      ...{ at: -1, lowest: -1, held: null },
    };
    known.set(container, look);
    return look;
  }

  /** Notes what a value is that stands at a name, or what a function standing there gives back. */
  function see(value: Value, name: string, withFunctions: boolean, into: Pick<Look, 'own'>, inside: Look[]) {
    if (isContainer(value)) inside.push(lookInto(value, withFunctions));
    if (value.kind === 'external') {
      const router = routerKind(value) === null ? null : lookup.routerOf(value);
      if (router !== null) into.own.push([router, name]);
    }
    if (value.kind !== 'function') return;
    const fn = withFunctions ? lookup.functionOf(value) : null;
    if (fn !== null) into.own.push([fn, name]);
    seeReturned(value, name, into, inside);
  }

  /** The containers and routers that a function gives back, or one that it gives back does: of most, none. */
  function returnedBy(fn: FunctionValue): readonly Value[] {
    const known = returned.get(fn);
    if (known !== undefined) return known;
    const found = new Set<Value>();
    const seen = new Set<FunctionValue>([fn]);
    for (const maker of seen)
      for (const made of maker.returns.values) {
        if (made.kind === 'function') seen.add(made);
        else if (isContainer(made) || made.kind === 'external') found.add(made);
      }
    returned.set(fn, [...found]);
    return [...found];
  }

  function seeReturned(fn: FunctionValue, name: string, into: Pick<Look, 'own'>, inside: Look[]) {
    for (const made of returnedBy(fn)) see(made, name, false, into, inside);
  }

  function enter(look: Look): Look[] {
    const inside: Look[] = [];
    const also = look.withFunctions && look.container.kind !== 'instance';
    for (const [name, cell] of look.container.members)
      for (const value of cell.values) see(value, name, also, look, inside);
    for (const parent of look.container.parents.values) {
      if (isContainer(parent)) inside.push(lookInto(parent, also));
      else if (parent.kind === 'function') seeReturned(parent, '*', look, inside);
    }
    look.inside = inside;
    look.at = places;
    look.lowest = places;
    places += 1;
    open.push(look);
    return inside;
  }

  /** Gives all containers of a circle what they hold together. */
  function close(first: Look): void {
    const circle = open.splice(open.lastIndexOf(first));
    const held = new Map<Escaping | RouterValue, Set<string>>();
    const deeper = new Set<Held>();
    for (const look of circle) {
      for (const [item, name] of look.own) add(held, item, [name]);
      for (const { held: known } of look.inside ?? [])
        if (known !== null && known.size > 0) deeper.add(known);
    }
    for (const known of deeper) for (const [item, names] of known) add(held, item, names);
    const [only, ...more] = deeper;
    const isSame = only !== undefined && more.length === 0 && circle.every(({ own }) => own.length === 0);
    for (const look of circle) {
      look.held = isSame ? only : held;
      look.inside = [];
    }
  }

  function settle(start: Look): Held {
    if (start.held !== null) return start.held;
    const path = [{ look: start, left: enter(start).values() }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.left.next().value;
      if (next !== undefined) {
        if (next.at === -1) path.push({ look: next, left: enter(next).values() });
        else if (next.held === null) top.look.lowest = Math.min(top.look.lowest, next.at);
        continue;
      }
      path.pop();
      const { look } = top;
      if (look.lowest === look.at) close(look);
      const above = path.at(-1)?.look;
      if (above !== undefined && look.held === null) above.lowest = Math.min(above.lowest, look.lowest);
    }
    return start.held ?? new Map();
  }

  return (values, isCallback) => {
    const found = new Map<Escaping | RouterValue, Set<string>>();
    const outer: Pick<Look, 'own'> = { own: [] };
    const inside: Look[] = [];
    for (const value of values) {
      if (isContainer(value)) inside.push(lookInto(value, true));
      else if (value.kind === 'function' && !isCallback) seeReturned(value, '*', outer, inside);
    }
    const all = new Set(inside.map(settle));
    const [only] = all;
    // Most that is handed over is one object: what it holds is told as it is.
    if (only !== undefined && all.size === 1 && outer.own.length === 0) return only;
    for (const [item, name] of outer.own) add(found, item, [name]);
    for (const held of all) for (const [item, names] of held) add(found, item, names);
    return found;
  };
}
