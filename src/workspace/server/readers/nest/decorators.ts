import type { ClassValue, FunctionValue, Value } from '../../../syntax/flow/values.ts';
import { argumentsOf, child, children, isCall, propertyKeyName } from '../../../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../syntax/parse.ts';
import type { Place, PortKind } from '../../model.ts';
import type { Reading } from '../../reader.ts';
import { isExternal, wayTo } from '../../values.ts';

/** A decorator of Nest's on a class or method, whatever it is called here. */
export interface Decoration {
  /** `Controller`, `Get`. */
  name: string;
  /** The call that makes it: `Get(':id')`. */
  call: Place;
}

/** Nest's decorators on a class or method, those that `applyDecorators` puts together included. */
export function decorationsOf({ flow }: Reading, node: SyntaxNode): Decoration[] {
  const found: Decoration[] = [];
  const seen = new Set<Value>();
  const take = (value: Value): void => {
    if (seen.has(value) || !isExternal(value) || value.path.at(-1) !== '()') return;
    seen.add(value);
    const call = value.calls.at(-1);
    if (call === undefined || value.module !== '@nestjs/common') return;
    const name = wayTo(value).replace(/\.\(\)$/, '');
    if (name === 'applyDecorators') {
      for (const argument of argumentsOf(call.node))
        for (const inner of flow.valuesOf(
          argument.type === 'SpreadElement' ? (child(argument, 'argument') ?? argument) : argument,
        ))
          take(inner);
    } else found.push({ name, call });
  };
  for (const decorator of children(node, 'decorators')) {
    const expression = child(decorator, 'expression');
    if (expression !== null) for (const value of flow.valuesOf(expression)) take(value);
  }
  return found;
}

/** Arguments of a decorator. */
export const argumentsIn = ({ call }: Decoration): Place[] =>
  argumentsOf(call.node).map((node) => ({ file: call.file, node }));

/** What a list in a property holds: classes, dynamic modules, results of packages. */
export function listed({ flow, arguments: args }: Reading, object: Value | undefined, name: string): Value[] {
  const property = args.property(object, name);
  if (property === null) return [];
  return property.values.flatMap((value) =>
    value.kind === 'array' ? [...flow.elementsOf(value).values] : [value],
  );
}

/** A method of a class with the node that its decorators stand on. */
export interface Method extends Place {
  name: string;
  /** The node that holds the decorators. */
  definition: SyntaxNode;
}

/** The methods of a class and of those it extends; what is written again below hides what is above. */
export function methodsOf(owner: ClassValue, above: readonly ClassValue[] = []): Method[] {
  if (above.includes(owner)) return [];
  const own = children(child(owner.node, 'body') ?? owner.node, 'body').flatMap((definition): Method[] => {
    const value = child(definition, 'value');
    const isMethod =
      definition.type === 'MethodDefinition' || value?.type.endsWith('FunctionExpression') === true;
    const name = propertyKeyName(definition);
    if (!isMethod || value === null || name === null || definition.static === true) return [];
    return [{ file: owner.file, node: value, definition, name }];
  });
  const names = new Set(own.map(({ name }) => name));
  const inherited = [...owner.parents.values].flatMap((parent) =>
    parent.kind === 'class' ? methodsOf(parent, [...above, owner]) : [],
  );
  return [...own, ...inherited.filter(({ name }) => !names.has(name))];
}

/** The method that Nest calls on a guard, pipe, interceptor or middleware, given as a class or an object of one. */
export function calledOn({ flow }: Reading, value: Value, method: string): FunctionValue[] {
  const holder = value.kind === 'class' ? value.instance : value;
  if (holder.kind !== 'instance' && holder.kind !== 'object') return [];
  return [...flow.memberOf(holder, method).values].flatMap((held) => (held.kind === 'function' ? held : []));
}

const PORTS: Readonly<Record<string, PortKind>> = {
  Req: 'request',
  Request: 'request',
  Res: 'response',
  Response: 'response',
  Next: 'next',
};

/** What a method's parameters are given, by their decorators: `@Res()` the response, `@Body()` something of the request. */
export const portsOfMethod =
  (file: ParsedFile) =>
  (fn: SyntaxNode): (PortKind | null)[] =>
    children(fn, 'params').map((param) => {
      const [decorator] = children(param, 'decorators');
      const expression = decorator === undefined ? null : child(decorator, 'expression');
      const callee = isCall(expression) ? child(expression, 'callee') : expression;
      if (callee === null || callee === undefined) return null;
      return PORTS[file.text.slice(callee.start, callee.end)] ?? 'value';
    });
