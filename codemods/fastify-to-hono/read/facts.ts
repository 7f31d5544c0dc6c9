import {
  argumentsOf,
  child,
  isMember,
  literalText,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Facts, Unit } from '../state.ts';
import { endsChain, replyOf } from './chains.ts';
import { isRequest } from './markers.ts';
import type { Program } from './program.ts';
import { preparedStatuses, setsEmpty } from './statuses.ts';

/** What holds for the application as a whole. */
export function readFacts({ flow, calls, roles, units }: Program, release: 4 | 5): Facts {
  const has = (name: string) => roles.hasUnknownSchemas || roles.schemas.has(name);
  const requestNames = new Set<string>();
  for (const { member, node } of calls)
    if (member === 'decorateRequest') requestNames.add(literalText(argumentsOf(node)[0]) ?? '');
  for (const file of flow.files.values())
    for (const assignment of findAll(file.program, 'AssignmentExpression')) {
      const left = child(assignment, 'left');
      const name = isMember(left) ? memberName(left) : null;
      if (name !== null && left !== null && isRequest(flow, child(left, 'object'))) requestNames.add(name);
    }
  const all = [...units.values()];
  // What they set is for the answers of other functions.
  const earlier = all.filter(({ roles: own }) => own.has('guard') || own.has('helper'));
  return {
    release,
    hasSchemas:
      roles.hasUnknownSchemas ||
      roles.schemas.size > 0 ||
      calls.some(({ member }) => /^(?:addSchema|set(?:Validator|Serializer)Compiler)$/.test(member)),
    hasResponseSchemas: has('response'),
    shaped: roles.shaped,
    hasParamSchemas: has('params'),
    hasHeaderSchemas: has('headers'),
    setsTypes: earlier.some((unit) => setsType(unit, flow)),
    setsEmpty: earlier.some((unit) => setsEmpty(unit, flow)),
    setsEmptyAnywhere: all.some((unit) => setsEmpty(unit, flow)),
    hasSending: all.some(({ roles: own }) => own.has('sending')),
    requestNames,
    setsStatus: all.some((unit) => preparedStatuses(unit, flow).length > 0),
  };
}

/** Whether a function sets the type of an answer, or headers whose names are not written down. */
export function setsType({ file, node }: Pick<Unit, 'file' | 'node'>, flow: Program['flow']): boolean {
  return findAll(node, 'CallExpression').some((call) => {
    const callee = child(call, 'callee');
    if (!isMember(callee) || replyOf(flow, callee) === null || endsChain(file, call)) return false;
    const name = memberName(callee);
    if (name === 'type' || name === 'headers') return true;
    if (name !== 'header') return false;
    const header = literalText(argumentsOf(call)[0]);
    return header === null || header.toLowerCase() === 'content-type';
  });
}
