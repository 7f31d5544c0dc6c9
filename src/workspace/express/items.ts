import { type Binding, resolveBindings } from '../syntax/bindings.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import type { ArrayValue, ObjectValue } from '../syntax/flow/values.ts';
import {
  argumentsOf,
  child,
  children,
  isCall,
  memberName,
  propertyKeyName,
  unwrap,
} from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { textOf } from './text.ts';

/** What a name stands for in one turn of a loop: a text, an expression, a pair of `Object.entries`, or nothing known. */
export type Item =
  | { kind: 'text'; text: string }
  | { kind: 'node'; node: SyntaxNode; file: ParsedFile }
  | { kind: 'pair'; key: Item; item: Item }
  | { kind: 'unknown' };

/** What the names of the loops around an expression stand for. */
export type Turn = ReadonlyMap<Binding, Item>;

/** An expression where it is written. */
export interface Place {
  file: ParsedFile;
  node: SyntaxNode;
}

const UNKNOWN: Item = { kind: 'unknown' };
const text = (value: string): Item => ({ kind: 'text', text: value });
/** Methods of arrays that give the same elements back, all of them. */
const SAME_ELEMENTS = /^(sort|toSorted|reverse|toReversed)$/;
/** Constants of constants, objects in objects: nobody writes more than this. */
const DEEPEST = 12;

/** Reads tables that are written down in the code: literals, constants (of other files, too), `Object.entries` of those. */
export function createItems(flow: Flow) {
  /** What an expression stands for: the item of a loop's name, a column of it, a constant's initial value, or itself. */
  function itemOf({ file, node: given }: Place, turn: Turn, depth = 0): Item {
    const node = unwrap(given);
    const self: Item = { kind: 'node', node, file };
    if (depth > DEEPEST) return self;
    if (node.type === 'Identifier') {
      const binding = resolveBindings(file).bindingOf(node);
      if (binding === null) return self;
      return turn.get(binding) ?? constant(file, binding, turn, depth) ?? self;
    }
    if (node.type !== 'MemberExpression') return self;
    const object = child(node, 'object');
    const property = child(node, 'property');
    const name = memberName(node) ?? (property && textIn({ file, node: property }, turn, depth + 1));
    if (object === null || name === null) return self;
    return columnOf(itemOf({ file, node: object }, turn, depth + 1), name, turn, depth + 1) ?? self;
  }

  /** The value of a `const` (or of a name never written again), whole or taken apart by a pattern. */
  function constant(file: ParsedFile, binding: Binding, turn: Turn, depth: number): Item | null {
    const { declaration, references, node } = binding;
    if (declaration.type !== 'VariableDeclarator' || references.some(({ write }) => write)) return null;
    const [id, init] = [child(declaration, 'id'), child(declaration, 'init')];
    if (id === null || init === null) return null;
    const bound = new Map<Binding, Item>();
    bind(id, itemOf({ file, node: init }, turn, depth + 1), file, bound, turn);
    return id === node || bound.has(binding) ? (bound.get(binding) ?? null) : null;
  }

  /** Gives the names of a pattern what they stand for. */
  function bind(
    pattern: SyntaxNode,
    item: Item,
    file: ParsedFile,
    into: Map<Binding, Item>,
    turn: Turn,
  ): void {
    const target = pattern.type === 'AssignmentPattern' ? (child(pattern, 'left') ?? pattern) : pattern;
    if (target.type === 'Identifier') {
      const binding = resolveBindings(file).bindingOf(target);
      if (binding !== null) into.set(binding, item);
    } else if (target.type === 'ArrayPattern') {
      const elements = Array.isArray(target.elements) ? (target.elements as (SyntaxNode | null)[]) : [];
      for (const [index, element] of elements.entries()) {
        if (element === null || element.type === 'RestElement') continue;
        bind(element, columnOf(item, String(index), turn) ?? UNKNOWN, file, into, turn);
      }
    } else if (target.type === 'ObjectPattern') {
      for (const property of children(target, 'properties')) {
        const [name, value] = [propertyKeyName(property), child(property, 'value')];
        if (name === null || value === null) continue;
        bind(value, columnOf(item, name, turn) ?? UNKNOWN, file, into, turn);
      }
    }
  }

  /** `item.name` or `item[0]`; null when the item is not a table that is known whole. */
  function columnOf(item: Item, name: string, turn: Turn, depth = 0): Item | null {
    if (item.kind === 'pair') return name === '0' ? item.key : name === '1' ? item.item : null;
    const held = item.kind === 'node' ? tableOf(item, turn, depth) : null;
    if (held === null) return null;
    if (held.kind === 'array') return elementsOf(held, turn)?.[Number(name)] ?? null;
    return propertiesOf(held, turn)?.find(([key]) => key === name)?.[1] ?? null;
  }

  /** The one literal object or array that an expression holds. */
  function tableOf(place: Place, turn: Turn, depth = 0): ObjectValue | ArrayValue | null {
    if (depth > DEEPEST) return null;
    const values = flow.valuesOf(place.node);
    const [only] = values;
    if (values.length === 1 && (only?.kind === 'object' || only?.kind === 'array')) return only;
    const item = itemOf(place, turn, depth + 1);
    if (item.kind !== 'node' || item.node === unwrap(place.node)) return null;
    return tableOf(item, turn, depth + 1);
  }

  /** Something was put into it beside what its literal says. */
  const isGrown = (table: ObjectValue | ArrayValue, names: readonly string[]): boolean =>
    [...table.members].some(([name, cell]) => name !== '*' && !names.includes(name) && cell.values.size > 0);

  function elementsOf(table: ArrayValue, turn: Turn): Item[] | null {
    const { node, file } = table;
    if (node.type !== 'ArrayExpression') return null;
    const elements = children(node, 'elements');
    const out: Item[] = [];
    for (const element of elements) {
      const spread = element.type === 'SpreadElement' ? child(element, 'argument') : null;
      const items = spread
        ? itemsOf({ file, node: spread }, turn)
        : [{ kind: 'node' as const, node: element, file }];
      if (items === null) return null;
      out.push(...items);
    }
    const hasSpread = elements.some(({ type }) => type === 'SpreadElement');
    return !hasSpread && isGrown(table, Object.keys(elements)) ? null : out;
  }

  function propertiesOf(table: ObjectValue, turn: Turn): [string, Item][] | null {
    const { node, file } = table;
    if (node.type !== 'ObjectExpression') return null;
    const out = new Map<string, Item>();
    for (const property of children(node, 'properties')) {
      if (property.type === 'SpreadElement') {
        const argument = child(property, 'argument');
        const spread = argument && tableOf({ file, node: argument }, turn);
        const inner = spread?.kind === 'object' ? propertiesOf(spread, turn) : null;
        if (inner === null) return null;
        for (const [name, item] of inner) out.set(name, item);
        continue;
      }
      const [name, value] = [propertyKeyName(property), child(property, 'value')];
      if (name === null) return null;
      out.set(name, value === null ? UNKNOWN : { kind: 'node', node: value, file });
    }
    return isGrown(table, [...out.keys()]) ? null : [...out];
  }

  /** What a loop over an expression goes through, in its order; null when not all of it is known. */
  function itemsOf(place: Place, turn: Turn): Item[] | null {
    const { file } = place;
    const node = unwrap(place.node);
    const callee = isCall(node) || node.type === 'NewExpression' ? child(node, 'callee') : null;
    const [argument] = callee === null ? [] : argumentsOf(node);
    const isGlobal = (name: SyntaxNode | null, pattern: RegExp) =>
      name?.type === 'Identifier' &&
      pattern.test(String(name.name)) &&
      resolveBindings(file).bindingOf(name) === null;
    if (node.type === 'NewExpression')
      return argument !== undefined && isGlobal(callee, /^(Map|Set)$/)
        ? itemsOf({ file, node: argument }, turn)
        : null;
    if (callee !== null) {
      const [object, method] = [child(callee, 'object'), memberName(callee)];
      if (object === null || method === null) return null;
      if (SAME_ELEMENTS.test(method)) return itemsOf({ file, node: object }, turn);
      if (isGlobal(object, /^Object$/) && argument !== undefined) {
        if (method === 'freeze') return itemsOf({ file, node: argument }, turn);
        const table = tableOf({ file, node: argument }, turn);
        const rows = table?.kind === 'object' ? propertiesOf(table, turn) : null;
        if (method === 'keys') return rows?.map(([key]) => text(key)) ?? null;
        if (method === 'values') return rows?.map(([, item]) => item) ?? null;
        if (method === 'entries')
          return rows?.map(([key, item]) => ({ kind: 'pair', key: text(key), item })) ?? null;
        return null;
      }
      const items = method === 'entries' ? itemsOf({ file, node: object }, turn) : null;
      return items?.map((item, index) => ({ kind: 'pair', key: text(String(index)), item })) ?? null;
    }
    const table = tableOf({ file, node }, turn);
    if (table?.kind === 'array') return elementsOf(table, turn);
    const item = itemOf({ file, node }, turn);
    return item.kind === 'node' && item.node !== node ? itemsOf(item, turn) : null;
  }

  /** Names of the properties that `for (const name in object)` goes through. */
  function keysOf(place: Place, turn: Turn): Item[] | null {
    const table = tableOf(place, turn);
    if (table?.kind === 'array')
      return elementsOf(table, turn)?.map((_, index) => text(String(index))) ?? null;
    return table === null ? null : (propertiesOf(table, turn)?.map(([key]) => text(key)) ?? null);
  }

  /** The text of an expression in one turn; null when it is not known. */
  function textIn(place: Place, turn: Turn, depth = 0): string | null {
    const { file } = place;
    const node = unwrap(place.node);
    if (depth > DEEPEST) return null;
    const inner = (part: SyntaxNode | null | undefined) =>
      part ? textIn({ file, node: part }, turn, depth + 1) : null;
    if (node.type === 'Literal' && typeof node.value !== 'object') return String(node.value);
    if (node.type === 'TemplateLiteral') {
      const holes = children(node, 'expressions').map(inner);
      if (holes.includes(null)) return null;
      return quasisOf(node)
        .map((part, index) => part + (holes[index] ?? ''))
        .join('');
    }
    if (node.type === 'BinaryExpression' && node.operator === '+') {
      const [before, after] = [inner(child(node, 'left')), inner(child(node, 'right'))];
      return before === null || after === null ? null : before + after;
    }
    const item = itemOf({ file, node }, turn, depth);
    if (item.kind === 'text') return item.text;
    if (item.kind !== 'node') return null;
    return item.node === node ? textOf(flow, node) : textIn(item, turn, depth + 1);
  }

  return { itemOf, itemsOf, keysOf, textIn, bind };
}

/** The fixed parts of a template, one more than it has holes. */
export const quasisOf = (template: SyntaxNode): string[] =>
  children(template, 'quasis').map((quasi) => (quasi.value as { cooked?: string }).cooked ?? '');
