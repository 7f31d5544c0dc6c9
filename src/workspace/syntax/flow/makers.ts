import {
  child,
  children,
  field,
  isClass,
  isFunction,
  isIdentifier,
  literalText,
  propertyKeyName,
} from '../nodes.ts';
import type { SyntaxNode } from '../parse.ts';
import { childrenOf, isTypeNode } from '../walk.ts';
import type { FlowContext } from './context.ts';
import type { FileFlow } from './file.ts';
import {
  type Cell,
  type ClassValue,
  type FunctionValue,
  holder,
  type InstanceValue,
  newCell,
  UNKNOWN,
  type Value,
} from './values.ts';

/** Generates the constraints of what an expression makes: functions, classes, objects and lists. */
export function createMakers(context: FlowContext, flow: FileFlow) {
  const { file } = flow;

  function makeFunction(node: SyntaxNode, self: Cell, superClass: Cell | null): FunctionValue {
    const existing = context.functionValues.get(node);
    if (existing !== undefined) return existing;
    const parameters = children(node, 'params').filter(
      (param) => !(param.type === 'Identifier' && param.name === 'this'),
    );
    const value: FunctionValue = {
      kind: 'function',
      file,
      node,
      parameters: parameters.map(newCell),
      returns: newCell(),
      self,
      calls: [],
      madeBy: null,
      ...holder(),
    };
    context.functionValues.set(node, value);
    const factory = flow.frames.at(-1)?.fn;
    if (factory) context.factories.set(node, factory);
    context.place(file, node, flow.valueCell(value));
    flow.frames.push({ fn: node, returns: value.returns, self, superClass });
    for (const [index, wrapped] of parameters.entries()) {
      const cell = value.parameters[index] ?? newCell();
      const param =
        wrapped.type === 'TSParameterProperty' ? (child(wrapped, 'parameter') ?? wrapped) : wrapped;
      context.place(file, wrapped, cell);
      if (param.type === 'RestElement') {
        const argument = child(param, 'argument');
        const list = newCell();
        const array = { kind: 'array' as const, file, node: param, ...holder() };
        context.add(list, array);
        context.writeMember(array, '*', cell);
        if (argument !== null) flow.pattern(argument, list);
        continue;
      }
      flow.pattern(param, cell);
      if (wrapped.type === 'TSParameterProperty') {
        const target = param.type === 'AssignmentPattern' ? child(param, 'left') : param;
        const name = target === null ? '' : field(target, 'name');
        context.read(self, (held) => context.writeMember(held, name, cell));
      }
    }
    const body = child(node, 'body');
    if (body?.type === 'BlockStatement') {
      for (const inner of children(body, 'body')) flow.statement(inner);
    } else if (body !== null) flow.returned(flow.expression(body));
    flow.frames.pop();
    return value;
  }

  /** An ordinary function's `this` is what it is called on, or what `new` makes of it. */
  function ordinaryFunction(node: SyntaxNode, self: Cell): FunctionValue {
    const instance: InstanceValue = { kind: 'instance', file, node, ...holder() };
    context.instances.set(node, instance);
    const value = makeFunction(node, self, null);
    if (usesThis(file.text, node)) context.add(self, instance);
    return value;
  }

  function makeClass(node: SyntaxNode): ClassValue {
    const instance: InstanceValue = { kind: 'instance', file, node, ...holder() };
    const value: ClassValue = { kind: 'class', file, node, instance, constructorFunction: null, ...holder() };
    context.instances.set(node, instance);
    const instanceSelf = flow.valueCell(instance);
    const staticSelf = flow.valueCell(value);
    for (const decorator of children(node, 'decorators')) flow.expression(decorator);
    const base = child(node, 'superClass');
    let superCell: Cell | null = null;
    if (base !== null) {
      superCell = flow.expression(base);
      context.flow(superCell, value.parents);
      const baseInstance = newCell();
      context.read(superCell, (held) => {
        if (held.kind === 'class') {
          context.add(baseInstance, held.instance);
          // Methods of the base class run on instances of this one.
          const baseSelf = selfCells.get(held.node);
          if (baseSelf !== undefined) context.flow(instanceSelf, baseSelf);
        } else {
          const made = held.kind === 'external' ? context.baseOf(held, file, node) : null;
          if (made !== null) context.add(baseInstance, made);
          context.add(baseInstance, UNKNOWN);
        }
      });
      context.flow(baseInstance, instance.parents);
    }
    selfCells.set(node, instanceSelf);
    for (const part of children(child(node, 'body') ?? node, 'body'))
      classMember(part, value, instanceSelf, staticSelf, superCell);
    return value;
  }

  function classMember(
    part: SyntaxNode,
    owner: ClassValue,
    instanceSelf: Cell,
    staticSelf: Cell,
    superCell: Cell | null,
  ): void {
    const selfCell = part.static === true || part.type === 'StaticBlock' ? staticSelf : instanceSelf;
    for (const decorator of children(part, 'decorators')) flow.expression(decorator);
    if (part.type === 'StaticBlock') {
      flow.frames.push({ fn: null, returns: newCell(), self: selfCell, superClass: superCell });
      for (const inner of children(part, 'body')) flow.statement(inner);
      flow.frames.pop();
      return;
    }
    const name = propertyKeyName(part) ?? '?';
    const content = child(part, 'value');
    if (content === null || isTypeNode(content)) return;
    flow.frames.push({ fn: null, returns: newCell(), self: selfCell, superClass: superCell });
    if (part.type === 'MethodDefinition') {
      const method = makeFunction(content, selfCell, superCell);
      if (part.kind === 'constructor') owner.constructorFunction = method;
      else {
        const cell = part.kind === 'get' ? method.returns : flow.valueCell(method);
        if (part.kind !== 'set')
          context.writeMember(part.static === true ? owner : owner.instance, name, cell);
      }
    } else {
      const cell = flow.expression(content);
      context.writeMember(part.static === true ? owner : owner.instance, name, cell);
    }
    flow.frames.pop();
  }

  function objectLiteral(node: SyntaxNode): Cell {
    const value: Value = { kind: 'object', file, node, ...holder() };
    const cell = flow.valueCell(value);
    for (const property of children(node, 'properties')) {
      if (property.type === 'SpreadElement') {
        const argument = child(property, 'argument');
        if (argument !== null) context.flow(flow.expression(argument), value.parents);
        continue;
      }
      const content = child(property, 'value');
      if (content === null) continue;
      const key = child(property, 'key');
      const name = propertyKeyName(property) ?? '?';
      if (property.computed === true && key !== null) flow.expression(key);
      const isMethod = property.method === true || field(property, 'kind') !== 'init';
      const held =
        content.type === 'FunctionExpression'
          ? flow.valueCell(ordinaryFunction(content, flow.flowInto(cell)))
          : flow.expression(content);
      if (!isMethod) context.writeMember(value, name, held);
      else if (field(property, 'kind') === 'get') {
        const getter = context.functionValues.get(content);
        if (getter !== undefined) context.writeMember(value, name, getter.returns);
      } else if (field(property, 'kind') !== 'set') context.writeMember(value, name, held);
    }
    return cell;
  }

  function arrayLiteral(node: SyntaxNode): Cell {
    const value: Value = { kind: 'array', file, node, ...holder() };
    let spread = false;
    for (const [index, element] of children(node, 'elements').entries()) {
      if (element.type === 'SpreadElement') {
        spread = true;
        const argument = child(element, 'argument');
        const items = newCell();
        if (argument !== null)
          context.read(flow.expression(argument), (held) => context.readMember(held, '*', items));
        context.writeMember(value, '*', items);
      } else context.writeMember(value, spread ? '*' : String(index), flow.expression(element));
    }
    return flow.valueCell(value);
  }

  /** The object that an enum of texts is when it runs: `enum Part { Body = 'body' }`. Others hold numbers, and have their names as well. */
  function enumObject(node: SyntaxNode): Cell {
    const members = children(child(node, 'body') ?? node, 'members');
    const value: Value = { kind: 'object', file, node, ...holder() };
    for (const member of members) {
      const text = literalText(child(member, 'initializer'));
      const id = child(member, 'id');
      const name = isIdentifier(id) ? field(id, 'name') : literalText(id);
      if (text === null || name === null) return newCell();
      context.writeMember(value, name, flow.valueCell(context.text(text)));
    }
    return flow.valueCell(value);
  }

  return { makeFunction, ordinaryFunction, makeClass, objectLiteral, arrayLiteral, enumObject };
}

/** The cell of `this` in a class's instance methods, by class node. */
const selfCells = new WeakMap<SyntaxNode, Cell>();

/** Whether a function says `this` itself (arrows inside it included). */
function usesThis(text: string, fn: SyntaxNode): boolean {
  if (!text.slice(fn.start, fn.end).includes('this')) return false;
  const search = (node: SyntaxNode): boolean => {
    if (node.type === 'ThisExpression') return true;
    if (node !== fn && (isClass(node) || (isFunction(node) && node.type !== 'ArrowFunctionExpression')))
      return false;
    return childrenOf(node).some(search);
  };
  return search(fn);
}
