import {
  argumentsOf,
  child,
  isIdentifier,
  isMember,
  literalText,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll, parentsOf } from '../../../src/workspace/syntax/walk.ts';
import type { Facts, Unit } from '../state.ts';
import { isReply, isRequest } from './markers.ts';
import type { Program } from './program.ts';

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
    setsTypes: [...units.values()].some((unit) => unit.roles.has('guard') && setsType(unit, flow)),
    requestNames,
    setsStatus: [...units.values()].some((unit) => setsStatus(unit, flow)),
  };
}

/** Whether a function sets the status of an answer that another statement gives. */
function setsStatus({ file, node }: Unit, flow: Program['flow']): boolean {
  const isAssigned = findAll(node, 'AssignmentExpression').some((each) => {
    const left = child(each, 'left');
    return isMember(left) && memberName(left) === 'statusCode' && isReply(flow, rootOf(left));
  });
  return (
    isAssigned ||
    findAll(node, 'CallExpression').some((call) => {
      const callee = child(call, 'callee');
      const isSet = isMember(callee) && /^(?:code|status)$/.test(memberName(callee) ?? '');
      return isSet && isReply(flow, rootOf(callee)) && !endsChain(file, call);
    })
  );
}

/** Whether a function sets the type of an answer, or headers whose names are not written down. */
export function setsType({ file, node }: Pick<Unit, 'file' | 'node'>, flow: Program['flow']): boolean {
  return findAll(node, 'CallExpression').some((call) => {
    const callee = child(call, 'callee');
    if (!isMember(callee) || !isReply(flow, rootOf(callee)) || endsChain(file, call)) return false;
    const name = memberName(callee);
    if (name === 'type' || name === 'headers') return true;
    if (name !== 'header') return false;
    const header = literalText(argumentsOf(call)[0]);
    return header === null || header.toLowerCase() === 'content-type';
  });
}

/** Whether a chain of calls goes on to the answer: what it sets is for that one alone. */
function endsChain(file: Unit['file'], call: SyntaxNode): boolean {
  const parents = parentsOf(file);
  for (let at = call; ; ) {
    const member = parents.get(at);
    const next = isMember(member) && member.object === at ? parents.get(member) : undefined;
    if (member === undefined || next?.type !== 'CallExpression') return false;
    if (/^(?:send|redirect)$/.test(memberName(member) ?? '')) return true;
    at = next;
  }
}

function rootOf(node: SyntaxNode) {
  let at = child(node, 'object');
  while (at !== null && (isMember(at) || at.type === 'CallExpression'))
    at = child(at, at.type === 'CallExpression' ? 'callee' : 'object');
  return isIdentifier(at) ? at : null;
}
