import type { Bindings } from '../bindings.ts';
import { child, children, field, isClass, isFunction, literalText, memberName, unwrap } from '../nodes.ts';
import type { ParsedFile, SyntaxNode } from '../parse.ts';
import { childrenOf, isTypeNode } from '../walk.ts';
import { createCalls } from './calls.ts';
import type { FlowContext } from './context.ts';
import type { FileFlow, Frame } from './file.ts';
import { isGlobalObject } from './globals.ts';
import { createMakers } from './makers.ts';
import { createPatterns } from './patterns.ts';
import { type Cell, isHolder, newCell, UNKNOWN, type Value } from './values.ts';

/** Creates the generator of one file; `statement` generates a statement and comes back here for its expressions. */
export function createExpressions(
  context: FlowContext,
  file: ParsedFile,
  bindings: Bindings,
  statement: (node: SyntaxNode) => void,
): FileFlow {
  const frames: Frame[] = [];
  const globals = new Map<string, Cell>();
  const none = newCell();
  const unknown = newCell();
  context.add(unknown, UNKNOWN);
  const moduleSelf = newCell();
  if (file.module === 'cjs') context.add(moduleSelf, context.moduleOf(file.path));

  const valueCell = (value: Value): Cell => {
    const cell = newCell();
    context.add(cell, value);
    return cell;
  };

  function required(specifier: string, interop: boolean): Cell {
    const target = context.modules.resolve(file.path, specifier);
    const cell = newCell();
    if (target.kind === 'unknown') context.add(cell, UNKNOWN);
    else if (target.kind === 'file') {
      const module = context.moduleOf(target.path);
      context.flow(module.assigned, cell);
      if (interop) context.readMember(module, 'default', cell);
      if (!interop || context.modules.file(target.path)?.moduleSyntax === false) context.add(cell, module);
    } else {
      const name =
        target.kind === 'package' && target.subpath ? `${target.name}/${target.subpath}` : target.name;
      context.add(cell, context.externalRoot(target.kind, name));
    }
    return cell;
  }

  function identifier(node: SyntaxNode): Cell {
    const binding = bindings.bindingOf(node);
    if (binding !== null) {
      if (bindings.isDynamic(node)) context.add(context.bindingCell(binding), UNKNOWN);
      return context.bindingCell(binding);
    }
    const name = field(node, 'name');
    if (name === 'undefined') return none;
    if (name === 'exports' && file.module === 'cjs') {
      const module = context.moduleOf(file.path);
      return valueCell(module);
    }
    let cell = globals.get(name);
    if (cell === undefined) {
      cell = newCell();
      if (isGlobalObject(node, bindings)) context.handOutGlobals(file, node);
      context.readMember(context.globals, name, cell);
      globals.set(name, cell);
    }
    return cell;
  }

  function returned(cell: Cell): void {
    const top = frames.at(-1);
    if (top !== undefined) context.flow(cell, top.returns);
  }

  const self = (): Cell => frames.at(-1)?.self ?? moduleSelf;

  const flowInto = (from: Cell): Cell => {
    const cell = newCell();
    context.flow(from, cell);
    return cell;
  };

  function keysOf(over: Cell, into: Cell): void {
    context.read(over, (held) => {
      if (!isHolder(held) || (held.kind !== 'object' && held.kind !== 'module')) context.add(into, UNKNOWN);
      else
        for (const name of held.members.keys())
          if (name === '?') context.add(into, UNKNOWN);
          else if (name !== '*') context.add(into, context.text(name));
    });
  }

  function member(node: SyntaxNode): Cell {
    const object = child(node, 'object');
    const cell = newCell();
    if (object === null) return cell;
    const name = memberName(node);
    if (name !== null && isGlobalObject(object, bindings)) {
      context.readMember(context.globals, name, cell);
      return cell;
    }
    if (
      object.type === 'Identifier' &&
      object.name === 'module' &&
      name === 'exports' &&
      file.module === 'cjs'
    ) {
      if (bindings.bindingOf(object) === null) {
        const module = context.moduleOf(file.path);
        context.add(cell, module);
        context.flow(module.assigned, cell);
        return cell;
      }
    }
    const from = object.type === 'Super' ? (frames.at(-1)?.superClass ?? none) : expression(object);
    if (name !== null) {
      context.read(from, (held) =>
        context.readMember(
          object.type === 'Super' && held.kind === 'class' ? held.instance : held,
          name,
          cell,
        ),
      );
      return cell;
    }
    const key = child(node, 'property');
    if (key !== null) {
      context.read(expression(key), (keyed) => {
        if (keyed.kind === 'text') context.read(from, (held) => context.readMember(held, keyed.text, cell));
        else context.read(from, (held) => context.readMember(held, '*', cell));
      });
      context.read(from, (held) => {
        if (held.kind === 'array') context.readMember(held, '*', cell);
      });
    }
    return cell;
  }

  function compute(node: SyntaxNode): Cell {
    if (isFunction(node)) {
      if (node.type === 'ArrowFunctionExpression') {
        return valueCell(makers.makeFunction(node, self(), frames.at(-1)?.superClass ?? null));
      }
      const cell = newCell();
      const value = makers.ordinaryFunction(node, newCell());
      context.add(cell, value);
      nameOf(node, cell);
      return cell;
    }
    if (isClass(node)) {
      const cell = newCell();
      nameOf(node, cell);
      context.add(cell, makers.makeClass(node));
      return cell;
    }
    switch (node.type) {
      case 'Identifier':
        return identifier(node);
      case 'ThisExpression':
        return self();
      case 'Literal':
      case 'TemplateLiteral': {
        for (const part of children(node, 'expressions')) expression(part);
        const text = literalText(node);
        return text === null ? (node.type === 'Literal' ? none : unknown) : valueCell(context.text(text));
      }
      case 'MemberExpression':
        return member(node);
      case 'CallExpression':
      case 'NewExpression':
        return calls.call(node);
      case 'ImportExpression': {
        const source = child(node, 'source');
        const specifier = literalText(source);
        if (specifier !== null) return required(specifier, false);
        const cell = newCell();
        if (source !== null) {
          expression(source);
          calls.loadDynamic(source, cell);
        }
        return cell;
      }
      case 'ObjectExpression':
        return makers.objectLiteral(node);
      case 'ArrayExpression':
        return makers.arrayLiteral(node);
      case 'TSEnumDeclaration':
        return makers.enumObject(node);
      case 'ConditionalExpression':
      case 'LogicalExpression': {
        const cell = newCell();
        const test = child(node, 'test');
        if (test !== null) expression(test);
        for (const part of ['left', 'right', 'consequent', 'alternate']) {
          const branch = child(node, part);
          if (branch === null) continue;
          const from = expression(branch);
          context.flow(from, cell);
          if (mayHoldValue(branch)) context.joins.push([from, cell]);
        }
        return cell;
      }
      case 'AssignmentExpression': {
        const left = child(node, 'left');
        const right = child(node, 'right');
        if (left === null || right === null) return none;
        const from = expression(right);
        const operator = field(node, 'operator');
        if (operator === '=' || operator === '||=' || operator === '??=' || operator === '&&=') {
          if (left.type === 'ObjectPattern' || left.type === 'ArrayPattern') patterns.pattern(left, from);
          else patterns.assign(left, from);
          const place = context.cells.get(left) ?? (left.type === 'Identifier' ? identifier(left) : null);
          if (place !== null && mayHoldValue(right)) context.joins.push([from, place]);
          return from;
        }
        patterns.assign(left, unknown);
        return unknown;
      }
      case 'SequenceExpression': {
        const cells = children(node, 'expressions').map(expression);
        return cells.at(-1) ?? none;
      }
      case 'AwaitExpression': {
        const argument = child(node, 'argument');
        return argument === null ? none : expression(argument);
      }
      case 'UnaryExpression':
      case 'BinaryExpression':
      case 'UpdateExpression':
        for (const part of childrenOf(node)) expression(part);
        return node.type === 'BinaryExpression' && node.operator === '+' ? unknown : none;
      default: {
        const inner = unwrap(node);
        if (inner !== node) return expression(inner);
        for (const part of childrenOf(node)) if (!isTypeNode(part)) expression(part);
        return unknown;
      }
    }
  }

  /** The name of a function or class declaration, or the inner name of an expression, holds the value itself. */
  function nameOf(node: SyntaxNode, cell: Cell): void {
    const id = child(node, 'id');
    const binding = id && bindings.bindingOf(id);
    if (binding) {
      context.place(file, binding.node, context.bindingCell(binding));
      context.flow(cell, context.bindingCell(binding));
    }
  }

  function expression(node: SyntaxNode): Cell {
    const known = context.cells.get(node);
    if (known !== undefined) return known;
    const cell = compute(node);
    context.place(file, node, cell);
    return cell;
  }

  const flow: FileFlow = {
    file,
    bindings,
    expression,
    pattern: (node, from) => patterns.pattern(node, from),
    statement,
    frames,
    valueCell,
    flowInto,
    returned,
    required,
    keysOf,
    self,
    superClass: () => frames.at(-1)?.superClass ?? null,
  };
  const calls = createCalls(context, flow);
  const makers = createMakers(context, flow);
  const patterns = createPatterns(context, flow);
  return flow;
}

/** Numbers, `null` and comparisons hold nothing that is followed, and are known all the same. */
const mayHoldValue = (node: SyntaxNode): boolean =>
  !/^(?:Literal|UnaryExpression|BinaryExpression|UpdateExpression)$/.test(node.type) &&
  !(node.type === 'Identifier' && node.name === 'undefined');
