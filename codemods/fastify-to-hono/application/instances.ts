import { isInstance } from '../../../src/workspace/server/readers/fastify/surface.ts';
import {
  argumentsOf,
  child,
  children,
  isCall,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { range } from '../../shared/edit/draft.ts';
import { type FileWork, replace } from '../../shared/edit/work.ts';
import { wrapped } from '../members/handed.ts';
import { decoratedBy } from '../packages/use.ts';
import { type Conversion, problem } from '../state.ts';

/** What an application is asked for that `parity-source/app.ts` has, too. */
const MEMBERS = new Set([
  ...[
    'register',
    'after',
    'ready',
    'close',
    'listen',
    'addHook',
    'addSchema',
    'getSchema',
    'route',
    'decorate',
  ],
  ...['hasDecorator', 'decorateRequest', 'setErrorHandler', 'setNotFoundHandler', 'log', 'prefix', 'inject'],
  ...['get', 'post', 'put', 'patch', 'delete', 'options', 'all', 'onClose', 'addContentTypeParser', 'head'],
  ...['setValidatorCompiler', 'setSerializerCompiler', 'getSchemas', 'hasRequestDecorator'],
]);

const HOOKS = new Set([
  ...['onRequest', 'preValidation', 'preHandler', 'onSend', 'onResponse', 'onError', 'onReady', 'onClose'],
]);

/** Looks at every use of an application or a part of it: what is known stays as it is written. */
export function judgeInstances(conversion: Conversion) {
  const { flow, calls } = conversion;
  const decorated = new Set<string>();
  for (const { member, node } of calls)
    if (member === 'decorate')
      for (const value of flow.valuesOf(argumentsOf(node)[0] ?? node))
        if (value.kind === 'text') decorated.add(value.text);
  for (const file of flow.files.values()) {
    const work = conversion.workOf(file);
    for (const [node, cell] of flow.expressionsIn(file)) {
      if (![...cell.values].some(isInstance)) continue;
      if (node.type === 'Identifier' || isCall(node) || isMember(node) || node.type === 'ThisExpression')
        judgeUse(conversion, work, node, decorated);
    }
  }
}

function judgeUse(conversion: Conversion, work: FileWork, node: SyntaxNode, decorated: ReadonlySet<string>) {
  const outer = wrapped(work, node);
  const parent = work.parents.get(outer);
  if (isMember(parent) && parent.object === outer) return judgeMember(conversion, work, parent, decorated);
  if (isCall(parent) && parent.callee !== outer) return judgeArgument(conversion, work, parent, node);
  if (
    parent?.type === 'SpreadElement' ||
    parent?.type === 'TemplateLiteral' ||
    (parent?.type === 'NewExpression' && !isOwnClass(conversion, parent))
  )
    problem(
      conversion,
      work.file,
      node,
      'application/kept',
      'the application is used in a way that is not followed',
    );
}

/** Whether a class that is given the application is one of its own: where it goes from there is followed. */
function isOwnClass({ flow }: Conversion, made: SyntaxNode): boolean {
  const callee = child(made, 'callee');
  const values = callee === null ? [] : flow.valuesOf(callee);
  return values.length > 0 && values.every(({ kind }) => kind === 'class');
}

function judgeMember(
  conversion: Conversion,
  work: FileWork,
  member: SyntaxNode,
  decorated: ReadonlySet<string>,
) {
  const name = memberName(member);
  const parent = work.parents.get(member);
  if (name === null)
    return problem(
      conversion,
      work.file,
      member,
      'application/computed',
      'which member of the application it asks for is computed',
    );
  if (name === 'withTypeProvider' && isCall(parent)) {
    const object = child(member, 'object') ?? member;
    return replace(conversion, work, range(parent, object.end, parent.end), [''], 'types');
  }
  if (name === 'addHook' && isCall(parent)) {
    const hook = literalText(argumentsOf(parent)[0]);
    if (hook === null || !HOOKS.has(hook))
      problem(
        conversion,
        work.file,
        parent,
        'hook',
        `the hook \`${hook ?? 'that is computed'}\` has no counterpart here`,
      );
    return;
  }
  if (name === 'addContentTypeParser' && isCall(parent)) return judgeParser(conversion, work, parent);
  if (
    name === 'server' &&
    isMember(parent) &&
    memberName(parent) === 'address' &&
    conversion.target === 'node'
  )
    return;
  if (isCall(parent) && parent.callee === member) {
    const generics = child(parent, 'typeArguments') ?? child(parent, 'typeParameters');
    if (generics !== null) replace(conversion, work, generics, [''], 'types');
  }
  if (MEMBERS.has(name) || decorated.has(name) || decoratedBy(conversion, name)) return;
  problem(
    conversion,
    work.file,
    member,
    'application/member',
    `\`${name}\` of the application has no counterpart here`,
  );
}

/** A parser that is given a stream has no counterpart: it must ask for text or bytes. */
function judgeParser(conversion: Conversion, work: FileWork, call: SyntaxNode) {
  const [, options, parse] = argumentsOf(call);
  const object = options === undefined || parse === undefined ? null : unwrap(options);
  const isWhole =
    object?.type === 'ObjectExpression' &&
    children(object, 'properties').some((each) => propertyKeyName(each) === 'parseAs');
  if (!isWhole) problem(conversion, work.file, call, 'parser', 'a parser of bodies that is given a stream');
}

/** An application that is handed to a function: to one of its own, or to a package. */
function judgeArgument(conversion: Conversion, work: FileWork, call: SyntaxNode, node: SyntaxNode) {
  const callee = child(call, 'callee');
  const values = callee === null ? [] : conversion.flow.valuesOf(callee);
  if (values.some(({ kind }) => kind === 'function' || kind === 'class')) return;
  if (values.some(isMadeBy)) return;
  problem(
    conversion,
    work.file,
    node,
    'application/handed-on',
    'the application is handed to code that is not its own',
  );
}

/** `fastify-plugin` and the methods of an application itself. */
const isMadeBy = (value: { kind: string; module?: string }): boolean =>
  value.kind === 'external' && (value.module === 'fastify' || value.module === 'fastify-plugin');
