import { child, isFunction } from '../nodes.ts';
import type { SyntaxNode } from '../parse.ts';
import { DEEPEST_EXTERNAL } from './derivations.ts';
import {
  type Cell,
  type ExternalValue,
  type HolderValue,
  type InstanceValue,
  isHolder,
  newCell,
  type Propagator,
  UNKNOWN,
  type Value,
} from './values.ts';

/** Whether members of other values can show through: lists have none, classes only those they extend. */
function hasParents(value: HolderValue): boolean {
  if (value.kind === 'marker' || value.kind === 'array' || value.kind === 'function') return false;
  const isClassLike = value.kind === 'class' || value.kind === 'instance';
  return !isClassLike || isFunction(value.node) || child(value.node, 'superClass') !== null;
}

/** What members of values hold: read through spreads, superclasses and re-exports, and written. */
export function createMembers(
  { add, flow, read }: Propagator,
  instances: ReadonlyMap<SyntaxNode, InstanceValue>,
  externalMember: (value: ExternalValue, name: string) => ExternalValue,
) {
  const shownMembers = new Map<HolderValue, Map<string, Cell>>();

  function member(value: HolderValue, name: string): Cell {
    let cell = value.members.get(name);
    if (cell === undefined) {
      cell = newCell();
      // `*` collects every member once somebody loops over them.
      if (name === '*') for (const known of value.members.values()) flow(known, cell);
      const all = value.members.get('*');
      if (all !== undefined) flow(cell, all);
      value.members.set(name, cell);
    }
    return cell;
  }

  function readMember(value: Value, name: string, into: Cell): void {
    if (!isHolder(value)) {
      if (value.kind === 'unknown') add(into, UNKNOWN);
      return;
    }
    if (value.kind === 'external') {
      flow(member(value, name), into);
      if (name === '*') add(into, UNKNOWN);
      if (value.path.length >= DEEPEST_EXTERNAL) add(into, value.origin === 'package' ? value : UNKNOWN);
      else add(into, externalMember(value, name));
    } else if (value.kind === 'module' || hasParents(value)) flow(shown(value, name), into);
    else readOwn(value, name, into);
  }

  function readOwn(value: HolderValue, name: string, into: Cell): void {
    flow(member(value, name), into);
    if (name !== '*' && name !== '?') flow(member(value, '?'), into);
    if (value.kind === 'function' && name === 'prototype') {
      const instance = instances.get(value.node);
      if (instance !== undefined) add(into, instance);
    }
  }

  /**
   * A member of a value as readers see it, with what shows through from others. One place for all readers: objects that
   * are spread into each other show through along more ways than can be walked for each.
   */
  function shown(value: HolderValue, name: string): Cell {
    let places = shownMembers.get(value);
    if (places === undefined) {
      places = new Map();
      shownMembers.set(value, places);
    }
    let cell = places.get(name);
    if (cell === undefined) {
      cell = newCell();
      places.set(name, cell);
      const into = cell;
      readOwn(value, name, into);
      if (value.kind === 'module') read(value.assigned, (held) => readMember(held, name, into));
      read(value.parents, (held) => readMember(held, name, into));
    }
    return cell;
  }

  function writeMember(value: Value, name: string, from: Cell): void {
    // A write at a position that is not known is seen by every read.
    if (isHolder(value)) flow(from, member(value, name === '*' ? '?' : name));
    if (value.kind === 'module' && name !== 'exports') {
      read(value.assigned, (held) => held.kind !== 'module' && writeMember(held, name, from));
    }
  }

  return { member, readMember, writeMember };
}
