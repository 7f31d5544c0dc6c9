import type { Place } from '../../../src/workspace/express/program.ts';
import { packagesIn } from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { changesQuery } from '../bridge/bridged-packages.ts';
import { parityName } from '../edit/imports.ts';
import {
  type Conversion,
  claim,
  type FileWork,
  handedTo,
  replace,
  spanOf,
  type Unit,
} from '../state/conversion.ts';

/** Members of the request that routing and parsing go by: writing one changes what later handlers meet. */
export const REWRITES: Readonly<Record<string, string>> = {
  url: 'rewriteUrl',
  method: 'rewriteMethod',
  query: 'replaceQuery',
};

/** Notes which of them the program changes, so that every read sees the change. */
export function collectRewrites(conversion: Conversion): void {
  let queries = 0;
  let isChanged = false;
  for (const unit of conversion.units.values()) {
    for (const { node, role } of unit.uses) {
      const member = unit.work.parents.get(node);
      const name = role === 'req' && isMember(member) ? memberName(member) : null;
      if (member === undefined || name === null || !(name in REWRITES)) continue;
      const isWritten = isTarget(unit, member);
      if (isWritten && name !== 'query') conversion.rewrites.add(name as 'url' | 'method');
      // Express 4 parses the query once, so that changes stay; Express 5 parses it at each read.
      if (name === 'query') queries += 1;
      isChanged ||= name === 'query' && (isWritten || mayChange(conversion, unit, member));
    }
  }
  if (isChanged && queries > 1 && conversion.version === 4) conversion.rewrites.add('query');
  for (const { handlers } of conversion.program.registrations) {
    const packages = handlers.flatMap(packagesIn);
    if (packages.some((argument) => argument.package === 'method-override'))
      conversion.rewrites.add('method');
    if (packages.some((each) => changesQuery(conversion, each))) conversion.rewrites.add('query');
  }
}

/** Whether a function of the program's own gives requests another method. */
export const writesMethod = ({ units }: Conversion): boolean =>
  [...units.values()].some((unit) =>
    unit.uses.some(({ node, role }) => {
      const member = unit.work.parents.get(node);
      return role === 'req' && isMember(member) && memberName(member) === 'method' && isTarget(unit, member);
    }),
  );

const isTargetIn = ({ parents }: FileWork, node: SyntaxNode): boolean => {
  const up = parents.get(node);
  return up?.type === 'AssignmentExpression' && child(up, 'left') === node;
};

const isTarget = ({ work }: Unit, node: SyntaxNode): boolean => isTargetIn(work, node);

/** `req.query.page = 1`, `const { query } = req`, `clean(req.query)`: what may change the query in place. */
function mayChange(conversion: Conversion, unit: Unit, query: SyntaxNode): boolean {
  const up = unit.work.parents.get(query);
  if (isMember(up) && child(up, 'object') === query) {
    const further = unit.work.parents.get(up);
    return isTarget(unit, up) || further?.type === 'UpdateExpression' || further?.operator === 'delete';
  }
  if (up?.type === 'VariableDeclarator') return isIdentifier(child(up, 'id'));
  const handed = handedTo(unit.work, query);
  const receiver = handed === null ? null : calleeOf(handed.call);
  const root = isMember(receiver) ? child(receiver, 'object') : null;
  const answers = /^(json|send|jsonp|render)$/.test(memberName(receiver) ?? '');
  if (handed === null || (root !== null && answers)) return false;
  const position = argumentsOf(handed.call).indexOf(handed.argument);
  const reached = receiver === null ? null : conversion.program.functionsAt(receiver);
  return reached === null || !reached.every((fn) => onlyReads(conversion, fn, position));
}

/** Whether all that a function does with an argument is to read its members, none of which it hands on or changes. */
function onlyReads(conversion: Conversion, { file, node }: Place, position: number): boolean {
  const work = conversion.workOf(file);
  const parameter = parametersOf(node)[position];
  if (parameter === undefined) return findAll(node, 'Identifier').every(({ name }) => name !== 'arguments');
  if (parameter.type === 'ObjectPattern') return true;
  const binding = isIdentifier(parameter) ? work.bindings.bindingOf(parameter) : null;
  return (
    binding?.references.every(({ node: use }) => {
      const member = work.parents.get(use);
      if (member?.type === 'VariableDeclarator') return child(member, 'id')?.type === 'ObjectPattern';
      if (!isMember(member) || child(member, 'object') !== use) return false;
      const up = work.parents.get(member);
      return !(isTargetIn(work, member) || up?.type === 'UpdateExpression' || up?.operator === 'delete');
    }) ?? false
  );
}

/** `req.url = …`, `req.method = …`, `req.query = …`. Returns why it has no rule, or null once it is rewritten. */
export function convertRewrite(
  conversion: Conversion,
  unit: Unit,
  root: SyntaxNode,
  name: string,
  assignment: SyntaxNode,
  value: SyntaxNode,
): string | null {
  const { work, context: c } = unit;
  const written = `this assignment to \`req.${name}\` has no rule`;
  if (name === 'query' && conversion.version === 5)
    return `${written}: Express 5 has no \`req.query\` that can be set`;
  if (name !== 'query') {
    if (unit.fn.kind !== 'middleware' && unit.fn.kind !== 'handler') return written;
    const inRoute = unit.fn.uses.some(
      (use) =>
        use.kind === 'called' ||
        (use.kind === 'registered' &&
          use.registration.method !== 'use' &&
          (use.position < use.registration.handlers.length - 1 ||
            use.registration.handlers[use.position]?.kind === 'array')),
    );
    if (inRoute) return `${written} where other handlers of the route follow`;
  }
  if (name === 'url' && conversion.version === 5 && readsQuery(conversion))
    return `${written}: Express 5 reads \`req.query\` from the URL as it is then`;
  claim(conversion, root);
  replace(
    conversion,
    work,
    assignment,
    [`${parityName(conversion, work, REWRITES[name] ?? name)}(${c}, `, spanOf(value), ')'],
    'request/rewrite',
  );
  return null;
}

const readsQuery = (conversion: Conversion): boolean =>
  [...conversion.units.values()].some((unit) =>
    unit.uses.some(
      ({ node, role }) => role === 'req' && memberName(unit.work.parents.get(node) ?? null) === 'query',
    ),
  );
