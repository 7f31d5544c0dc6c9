import type { PackageArgument } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  child,
  children,
  isFunction,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';
import { words } from './_words.ts';

/** Members of Express that the bridge does not lend: `crossing.test.ts` compares what it does. */
export const NOT_LENT = {
  req: words(
    'accepts acceptsCharsets acceptsEncodings acceptsLanguages fresh host ips is next param range res route stale subdomains',
  ),
  res: words(
    'app attachment clearCookie contentType download format jsonp links location render sendFile sendfile type vary',
  ),
};
/** Express's ways to answer, lent where something behind the bridge answers. */
export const TO_ANSWER = words('append cookie get header json redirect send sendStatus set status');

/** A member of Express that a function among the options of a package reads and that is not there behind the bridge. */
export function unlentRead(
  { program, workOf }: Pick<Conversion, 'program' | 'workOf'>,
  { file, node, call }: PackageArgument,
  lent: { answers: boolean; locals: boolean },
): { work: FileWork; node: SyntaxNode; member: string } | null {
  const given = call === null ? [] : argumentsOf(call.node).flatMap((each) => program.functionsWithin(each));
  const own = workOf(file);
  const functions = [
    ...functionsOf(own, node).map((fn) => ({ work: own, fn })),
    ...given.map((each) => ({ work: workOf(each.file), fn: each.node })),
  ];
  for (const { work, fn } of functions) {
    for (const parameter of parametersOf(fn)) {
      const [, side] = isIdentifier(parameter) ? (CALLED.exec(String(parameter.name)) ?? []) : [];
      if (side !== 'req' && side !== 'res') continue;
      const isMissing = (name: string) =>
        NOT_LENT[side].has(name) ||
        (side === 'res' && name === 'locals' && !lent.locals) ||
        (side === 'res' && !lent.answers && TO_ANSWER.has(name));
      const found = readsOf(work, parameter).find(({ name }) => isMissing(name));
      if (found !== undefined) return { work, node: found.node, member: `${side}.${found.name}` };
    }
  }
  return null;
}

const CALLED = /^_?(req|res)(?:uest|ponse)?$/;

/** Functions in an expression, and those of this file that it names. */
function functionsOf(work: FileWork, node: SyntaxNode): SyntaxNode[] {
  const named = findAll(node, 'Identifier').flatMap((each) => {
    const declaration = work.bindings.bindingOf(each)?.declaration;
    if (declaration?.type === 'FunctionDeclaration') return [declaration];
    const value = declaration?.type === 'VariableDeclarator' ? child(declaration, 'init') : null;
    return value === null ? [] : [value];
  });
  return [node, ...named].flatMap((each) =>
    isFunction(each)
      ? [each, ...findAll(each, 'FunctionExpression', 'ArrowFunctionExpression')]
      : findAll(each, 'FunctionExpression', 'ArrowFunctionExpression'),
  );
}

function readsOf(work: FileWork, parameter: SyntaxNode): { node: SyntaxNode; name: string }[] {
  return (work.bindings.bindingOf(parameter)?.references ?? []).flatMap(({ node }) => {
    const up = work.parents.get(node);
    if (isMember(up) && child(up, 'object') === node) return [{ node: up, name: memberName(up) ?? '' }];
    const pattern = up?.type === 'VariableDeclarator' && child(up, 'init') === node ? child(up, 'id') : null;
    return pattern?.type === 'ObjectPattern'
      ? children(pattern, 'properties').map((each) => ({ node: each, name: propertyKeyName(each) ?? '' }))
      : [];
  });
}
