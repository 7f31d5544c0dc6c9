import type { Binding } from '../syntax/bindings.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import { argumentsOf, child, children, isFunction, memberName, parametersOf } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { parentsOf } from '../syntax/walk.ts';
import { createItems, type Item, type Place, type Turn } from './items.ts';

/** More turns than these are no table somebody wrote down. */
const MOST = 500;
/** A function that is called by a function that is called in a loop, and so on. */
const DEEPEST = 4;

/** Reads what a call in loops and in called functions stands for, turn by turn. */
export interface Turns {
  /**
   * The turns in which a call runs, as far as the loops around it go over tables known whole: `for … of` and `in`,
   * `forEach` and `map`, and the calls of the functions around it. One empty turn outside all of these.
   *
   * @param apart what the call is made on, where it is made in this file: a function that makes it has one for each call, so its parameters are not bound
   */
  at(place: Place, apart: SyntaxNode | null): Turn[];
  textIn(place: Place, turn: Turn): string | null;
  itemOf(place: Place, turn: Turn): Item;
}

/** @param flow settled */
export function createTurns(flow: Flow): Turns {
  const items = createItems(flow);

  function at({ file, node }: Place, apart: SyntaxNode | null, above: readonly SyntaxNode[]): Turn[] {
    const parents = parentsOf(file);
    const around: SyntaxNode[] = [];
    for (let up = parents.get(node), below = node; up !== undefined; below = up, up = parents.get(up)) {
      const loops = /^For(Of|In)Statement$/.test(up.type) && child(up, 'body') === below;
      if (loops || (isFunction(up) && !(apart && contains(up, apart)))) around.unshift(up);
    }
    let turns: Turn[] = [new Map()];
    for (const scope of around) {
      const next: Turn[] = [];
      for (const turn of turns) {
        const inner = isFunction(scope) ? called(file, scope, turn, above) : looped(file, scope, turn);
        // What is not known stays unbound: the rest is read all the same.
        for (const one of inner ?? [new Map()]) next.push(new Map([...turn, ...one]));
      }
      if (next.length > MOST) return [new Map()];
      turns = next;
    }
    return turns;
  }

  function looped(file: ParsedFile, loop: SyntaxNode, turn: Turn): Turn[] | null {
    const [left, right] = [child(loop, 'left'), child(loop, 'right')];
    const pattern =
      left?.type === 'VariableDeclaration' ? child(children(left, 'declarations')[0] ?? left, 'id') : left;
    if (right === null || pattern === null) return null;
    const over = { file, node: right };
    const found = loop.type === 'ForInStatement' ? items.keysOf(over, turn) : items.itemsOf(over, turn);
    return found?.map((item) => bound([[pattern, item]], file, turn)) ?? null;
  }

  /** The turns that a function's parameters make: once an element where it is called back, else once a call. */
  function called(file: ParsedFile, fn: SyntaxNode, turn: Turn, above: readonly SyntaxNode[]): Turn[] | null {
    const parameters = parametersOf(fn);
    const value = flow.functionOf(fn);
    if (parameters.length === 0 || value === null || above.includes(fn) || above.length >= DEEPEST)
      return null;
    const out: Turn[] = [];
    for (const site of value.calls) {
      const args = argumentsOf(site.node);
      const callee = child(site.node, 'callee');
      if (site.how === 'callback') {
        const over = callee && child(callee, 'object');
        if (over === null || !/^(forEach|map)$/.test(memberName(callee) ?? '')) return null;
        const elements = items.itemsOf({ file: site.file, node: over }, turn);
        if (elements === null) return null;
        for (const [index, item] of elements.entries())
          out.push(
            bound(
              [
                [parameters[0], item],
                [parameters[1], { kind: 'text', text: String(index) }],
              ],
              file,
              turn,
            ),
          );
        continue;
      }
      if (site.how === 'call-method' || args.some(({ type }) => type === 'SpreadElement')) return null;
      const given = parameters.map((parameter, index): [SyntaxNode, Item] => {
        const node = args[index];
        return [parameter, node ? { kind: 'node', node, file: site.file } : { kind: 'unknown' }];
      });
      for (const outer of at({ file: site.file, node: site.node }, null, [...above, fn])) {
        const known = given.map(([parameter, item]): [SyntaxNode, Item] => [
          parameter,
          resolved(item, outer),
        ]);
        out.push(bound(known, file, outer));
      }
    }
    return out.length > 0 ? out : null;
  }

  /** An argument by what it is where it is passed: the names there mean nothing inside the function. */
  function resolved(item: Item, turn: Turn): Item {
    if (item.kind !== 'node') return item;
    const text = items.textIn(item, turn);
    return text === null ? items.itemOf(item, turn) : { kind: 'text', text };
  }

  function bound(pairs: readonly [SyntaxNode | undefined, Item][], file: ParsedFile, turn: Turn): Turn {
    const into = new Map<Binding, Item>();
    for (const [pattern, item] of pairs) if (pattern) items.bind(pattern, item, file, into, turn);
    return into;
  }

  return {
    at: (place, apart) => at(place, apart, []),
    textIn: (place, turn) => items.textIn(place, turn),
    itemOf: (place, turn) => items.itemOf(place, turn),
  };
}

const contains = (outer: SyntaxNode, inner: SyntaxNode): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;
