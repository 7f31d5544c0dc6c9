import { shownText, textOf, UNKNOWN_SEGMENT } from '../express/text.ts';
import { createTurns, type Turns } from '../express/turns.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import type { Cell, ObjectValue, Value } from '../syntax/flow/values.ts';
import { child, children, isRegExp, propertyKeyName, unwrap } from '../syntax/nodes.ts';
import type { Place } from './model.ts';

/** What the names of the loops around a call stand for. */
export type Turn = ReturnType<Turns['at']>[number];

/** A property of an object that is written down. */
export interface Property extends Place {
  values: readonly Value[];
}

/** Reads arguments of registrations as far as they are written down in the code, in loops turn by turn. */
export interface Arguments {
  /** The turns in which a call runs where one of its texts differs by turn; else one empty turn. */
  turns(call: Place, texts: readonly (Place | undefined)[]): Turn[];
  /** The texts of a path argument: several for a list; what is not known of it is `<expression>`. */
  texts(place: Place | Property, turn?: Turn): string[];
  /** What an argument holds in one turn. */
  values(place: Place, turn?: Turn): readonly Value[];
  /** A property of an object literal, spreads included; null when it has none. */
  property(object: Value | undefined, name: string): Property | null;
  /** The objects that an argument may be. */
  objects(place: Place | undefined): ObjectValue[];
}

const NO_TURN: Turn = new Map();

/** @param flow its values may still be settling; what is asked is answered by what is known then */
export function createArguments(flow: Flow): Arguments {
  const turns = createTurns(flow);

  function values(place: Place, turn: Turn = NO_TURN): readonly Value[] {
    if (turn.size === 0) return flow.valuesOf(place.node);
    const item = turns.itemOf(place, turn);
    return item.kind === 'node' && item.node !== unwrap(place.node)
      ? flow.valuesOf(item.node)
      : flow.valuesOf(place.node);
  }

  function texts(place: Place | Property, turn: Turn = NO_TURN): string[] {
    const node = unwrap(place.node);
    if (node.type === 'ArrayExpression')
      return children(node, 'elements').flatMap((element) =>
        texts({ file: place.file, node: element }, turn),
      );
    if (isRegExp(node)) return [place.file.text.slice(node.start, node.end)];
    const known = turns.textIn(place, turn) ?? textOf(flow, node);
    if (known !== null) return [known];
    const held = 'values' in place ? place.values : values(place, turn);
    const [list] = held;
    const said = held.filter((value) => !isVariable(value));
    if (said.length === 1 && said[0]?.kind === 'text') return [said[0].text];
    if (held.length === 1 && list?.kind === 'array' && list.node.type === 'ArrayExpression')
      return texts(list, turn);
    return [shownText(flow, node)];
  }

  function property(object: Value | undefined, name: string): Property | null {
    if (object?.kind !== 'object') return null;
    for (const part of children(object.node, 'properties').reverse()) {
      const place = part.type === 'SpreadElement' ? child(part, 'argument') : child(part, 'value');
      if (place === null) continue;
      if (part.type === 'SpreadElement') {
        for (const value of flow.valuesOf(place)) {
          const found = property(value, name);
          if (found !== null) return found;
        }
      } else if (propertyKeyName(part) === name)
        return { file: object.file, node: place, values: valuesIn(place, flow.memberOf(object, name)) };
    }
    const added = flow.memberOf(object, name);
    return added.values.size > 0 ? { file: object.file, node: object.node, values: [...added.values] } : null;
  }

  const valuesIn = (node: Place['node'], member: Cell): readonly Value[] => {
    const own = flow.valuesOf(node);
    return own.length > 0 ? own : [...member.values];
  };

  return {
    turns(call, asked) {
      const isKnown = asked.every(
        (place) => place === undefined || !texts(place).some((text) => text.includes(UNKNOWN_SEGMENT)),
      );
      const found = isKnown ? [] : turns.at(call, null);
      return found.length > 0 ? found : [NO_TURN];
    },
    texts,
    values,
    property,
    objects: (place) =>
      place === undefined
        ? []
        : flow.valuesOf(place.node).flatMap((value) => (value.kind === 'object' ? value : [])),
  };
}

/** `process.env.PREFIX`: where it is not set, what stands beside it (`?? 'api'`) is the text. */
const isVariable = (value: Value): boolean =>
  value.kind === 'external' && value.path[0] === 'process' && value.path[1] === 'env';
