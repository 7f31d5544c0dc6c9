import { argumentsOf, type ChainLink, calleeChain, child } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { wholeChain } from '../facts/answers/chains.ts';
import type { Conversion, Unit } from '../state/conversion.ts';

/** A call of a member of the response: `res.status(201).json(note)` has two. */
export interface ResponseCall {
  unit: Unit;
  name: string;
  args: SyntaxNode[];
  /** The whole chain it is part of. */
  chain: readonly ChainLink[];
}

/** Calls of members of the response by their name. */
export function callsOf({ units }: Conversion, names: RegExp): ResponseCall[] {
  return [...units.values()].flatMap((unit) =>
    unit.uses.flatMap(({ node, role }) => {
      const member = role === 'res' ? unit.work.parents.get(node) : undefined;
      if (member === undefined || child(member, 'object') !== node) return [];
      const chain = calleeChain(wholeChain(unit, member));
      return chain.flatMap(({ name, call }) =>
        name !== null && call !== null && names.test(name)
          ? { unit, name, args: argumentsOf(call), chain }
          : [],
      );
    }),
  );
}
