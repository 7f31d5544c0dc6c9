import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { constantOf } from '../state/constants.ts';
import type { FileWork } from '../state/conversion.ts';
import { functionAt } from './_connect.ts';
import type { Bridging, OnContext, PackageRule, Use } from './_contract.ts';

/** What only looks: all other steps of a chain may change the value. */
const LOOKS =
  /^(?:is\w*|exists|not|custom|withMessage|optional|if|bail|hide|contains|equals|matches|notEmpty|check|param|checkSchema|oneOf|checkExact)$/;

/** Steps of a chain that the analysis follows: a longer one may hold any others. */
const KNOWN_STEPS = 2;

/** Whether a chain may make something else of a parameter of the path. */
function bridge({ member }: PackageArgument): Bridging {
  const [made = '', ...steps] = member.split('.');
  const mayChange = steps.length >= KNOWN_STEPS || steps.some((step) => !LOOKS.test(step));
  const isOfPath = /^(param|check)$/.test(made) && mayChange;
  const isOfAll = /^(checkSchema|oneOf|checkExact)$/.test(made);
  return isOfPath || isOfAll ? { by: 'bridgeQuery', changesParams: true } : { by: 'bridgeQuery' };
}

/** `body('name').trim().notEmpty()`: the calls of a chain, the first of them first; null where it is not written so. */
function stepsOf(work: FileWork, chain: SyntaxNode): { name: string; call: SyntaxNode }[] | null {
  const call = constantOf(work, chain);
  const callee = call.type === 'CallExpression' ? calleeOf(call) : null;
  if (callee === null) return null;
  if (isIdentifier(callee)) return [{ name: importedAs(work, callee), call }];
  const object = isMember(callee) ? child(callee, 'object') : null;
  const name = memberName(callee) ?? '';
  if (object === null || name === '') return null;
  if (isIdentifier(object)) return [{ name, call }];
  const before = stepsOf(work, object);
  return before === null ? null : [...before, { name, call }];
}

/** `check` of `const { check: checked } = require('express-validator')`. */
function importedAs(work: FileWork, local: SyntaxNode): string {
  const binding = work.bindings.bindingOf(local);
  const holder = binding === null ? undefined : work.parents.get(binding.node);
  const imported = holder === undefined ? null : (child(holder, 'imported') ?? child(holder, 'key'));
  return String(imported?.name ?? local.name);
}

/**
 * Runs a chain on Hono's context: it reads the parts of the request by name, and changes the body alone, which is one object for
 * all handlers. Source: express-validator 6 and 7.
 */
function onContext({ node, work, release }: Use): OnContext | string {
  if (!/^[67]\./.test(release ?? '')) return `express-validator ${release} was not compared`;
  const [first, ...steps] = stepsOf(work, node) ?? [];
  if (first === undefined) return 'its chain is not written in one piece';
  const isOfBody = first.name === 'body';
  if (!isOfBody && !/^(param|query|header|cookie|check)$/.test(first.name))
    return `\`${first.name}\` was not compared`;
  if (!isOfBody && !steps.every(({ name }) => LOOKS.test(name)))
    return 'its chain may change a part of the request that is no body';
  return steps.every(({ call }) => argumentsOf(call).every((each) => asksForValue(work, each)))
    ? { leavesOut: [] }
    : 'a function in its chain is handed the request';
}

/** Whether an argument of a step is no function, or one that is given the value and asks no more. */
function asksForValue(work: FileWork, argument: SyntaxNode): boolean {
  const fn = functionAt({ work, value: unwrap(argument) });
  if (fn !== null) return parametersOf(fn).length < 2;
  return !/^(Identifier|MemberExpression|CallExpression)$/.test(constantOf(work, argument).type);
}

const expressValidator: PackageRule = {
  name: 'express-validator',
  bridge,
  onContext,
  takesRequest: ['validationResult', 'matchedData'],
};
export default expressValidator;
