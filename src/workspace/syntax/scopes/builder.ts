import { child, children, field, isIdentifier } from '../nodes.ts';
import type { ParsedFile, SyntaxNode } from '../parse.ts';
import { eachChild } from '../walk.ts';
import { eachTarget, hasExpressions } from './patterns.ts';
import { type BindingKind, HOISTS, type Scope, type ScopeKind } from './scopes.ts';
import { type Collected, createScopeTable, nameIn, READ, READ_WRITE, type Use, WRITE } from './table.ts';
import { createTypeVisitors } from './types.ts';

/**
 * One pass over a file: builds the scope tree, declares names and notes uses with the scope they stand in. Uses are
 * resolved afterwards, when hoisted names are known. Rules: ECMA-262 §10.2.11 (parameter scope), §14 (blocks, loops,
 * switch, try), §15.7 (classes), Annex B.3.2 (functions in blocks of sloppy code).
 *
 * @param wanted nodes it is false of are left out, with everything in them
 */
export function collect(file: ParsedFile, wanted?: (node: SyntaxNode) => boolean): Collected {
  const table = createScopeTable();
  const { open, declare, use, scopes, references, declared, bindings } = table;
  const sloppy = file.module === 'cjs' && !file.moduleSyntax && !hasUseStrict(file.program);

  /** Declares the names of a pattern; defaults and computed keys in it are uses. */
  function bindPattern(
    pattern: SyntaxNode,
    target: Scope,
    scope: Scope,
    kind: BindingKind,
    declaration: SyntaxNode,
    initialised: boolean,
  ): void {
    eachTarget(pattern, {
      target: (id) => {
        declare(target, id, kind, declaration, { initialised });
        visitAll([...children(id, 'decorators'), child(id, 'typeAnnotation')], scope);
      },
      expression: (node) => visit(node, scope),
    });
  }

  function assign(pattern: SyntaxNode, scope: Scope, how: Use): void {
    eachTarget(pattern, {
      target: (id) => use(id, scope, how),
      expression: (node) => visit(node, scope),
    });
  }

  function visitAll(nodes: readonly (SyntaxNode | null)[], scope: Scope): void {
    for (const node of nodes) if (node !== null) visit(node, scope);
  }

  function visitFunction(node: SyntaxNode, outer: Scope): void {
    let parent = outer;
    const id = child(node, 'id');
    if (id !== null && node.type === 'FunctionExpression') {
      parent = open('name', node, outer);
      declare(parent, id, 'function', node);
    }
    const body = child(node, 'body');
    const wrapped = children(node, 'params');
    const params = wrapped.map((param) =>
      param.type === 'TSParameterProperty' ? (child(param, 'parameter') ?? param) : param,
    );
    const simple = params.every((param) => !hasExpressions(param));
    const scope = open(simple ? 'function' : 'parameters', node, parent);
    declareTypeParameters(node, scope);
    for (const one of wrapped) if (one.decorators) visitAll(children(one, 'decorators'), outer);
    for (const param of params) {
      if (!isIdentifier(param, 'this')) bindPattern(param, scope, scope, 'parameter', param, false);
      else visitAll([child(param, 'typeAnnotation')], scope);
      if (param.type !== 'Identifier') visitAll([child(param, 'typeAnnotation')], scope);
    }
    visitAll([child(node, 'returnType')], scope);
    if (body === null) return;
    if (body.type !== 'BlockStatement') {
      visit(body, scope);
      return;
    }
    const inner = simple ? scope : open('function', body, scope);
    scopes.set(body, inner);
    for (const statement of children(body, 'body')) visit(statement, inner);
  }

  function visitClass(node: SyntaxNode, outer: Scope): void {
    const id = child(node, 'id');
    visitAll(children(node, 'decorators'), outer);
    if (id !== null && node.type === 'ClassDeclaration') declare(outer, id, 'class', node);
    const scope = open('class', node, outer);
    if (id !== null && node.type === 'ClassExpression') declare(scope, id, 'class', node);
    declareTypeParameters(node, scope);
    visitAll(
      [child(node, 'superClass'), child(node, 'superTypeArguments'), ...children(node, 'implements')],
      scope,
    );
    visitAll([child(node, 'body')], scope);
  }

  function hoistTarget(scope: Scope): Scope {
    let at = scope;
    while (!HOISTS.has(at.kind) && at.parent !== null) at = at.parent;
    return at;
  }

  function visitDeclarations(node: SyntaxNode, scope: Scope, loopWrites: boolean): void {
    const word = field(node, 'kind');
    const kind: BindingKind = word === 'var' || word === 'let' || word === 'const' ? word : 'using';
    const target = kind === 'var' ? hoistTarget(scope) : scope;
    for (const declarator of children(node, 'declarations')) {
      const id = child(declarator, 'id');
      const init = child(declarator, 'init');
      if (id !== null) {
        bindPattern(id, target, scope, kind, declarator, init !== null || loopWrites);
        if (id.type !== 'Identifier') visitAll([child(id, 'typeAnnotation')], scope);
      }
      if (init !== null) visit(init, scope);
    }
  }

  function visitIn(kind: ScopeKind, node: SyntaxNode, parent: Scope, parts: (SyntaxNode | null)[]): void {
    const scope = open(kind, node, parent);
    visitAll(parts, scope);
  }

  const types = createTypeVisitors(table, visitAll);
  const { declareTypeParameters, useType } = types;

  const visitors: Record<string, (node: SyntaxNode, scope: Scope) => void> = {
    ...types.visitors,
    Identifier: (node, scope) => {
      use(node, scope, READ);
      visitAll([child(node, 'typeAnnotation')], scope);
    },
    JSXIdentifier: () => {},
    JSXOpeningElement: (node, scope) => {
      let name = child(node, 'name');
      while (name?.type === 'JSXMemberExpression') name = child(name, 'object');
      if (name?.type === 'JSXIdentifier' && !/^[a-z]/.test(field(name, 'name'))) use(name, scope, READ);
      visitAll([child(node, 'typeArguments'), ...children(node, 'attributes')], scope);
    },
    JSXClosingElement: () => {},
    MemberExpression: (node, scope) => {
      visitAll([child(node, 'object'), node.computed === true ? child(node, 'property') : null], scope);
    },
    Property: (node, scope) => {
      visitAll([node.computed === true ? child(node, 'key') : null, child(node, 'value')], scope);
    },
    LabeledStatement: (node, scope) => visitAll([child(node, 'body')], scope),
    BreakStatement: () => {},
    ContinueStatement: () => {},
    MetaProperty: () => {},
    FunctionDeclaration: (node, scope) => {
      const id = child(node, 'id');
      if (id !== null) {
        const binding = declare(scope, id, 'function', node);
        const outer = hoistTarget(scope);
        if (sloppy && outer !== scope && !outer.bindings.has(binding.name)) {
          nameIn(outer, 'bindings', binding);
        }
      }
      visitFunction(node, scope);
    },
    TSDeclareFunction: (node, scope) => {
      const id = child(node, 'id');
      if (id !== null) declare(scope, id, 'function', node);
      visitFunction(node, scope);
    },
    FunctionExpression: visitFunction,
    ArrowFunctionExpression: visitFunction,
    TSEmptyBodyFunctionExpression: visitFunction,
    ClassDeclaration: visitClass,
    ClassExpression: visitClass,
    StaticBlock: (node, scope) => visitIn('static-block', node, scope, children(node, 'body')),
    BlockStatement: (node, scope) => visitIn('block', node, scope, children(node, 'body')),
    VariableDeclaration: (node, scope) => visitDeclarations(node, scope, false),
    ForStatement: (node, scope) =>
      visitIn(
        'for',
        node,
        scope,
        ['init', 'test', 'update', 'body'].map((part) => child(node, part)),
      ),
    ForInStatement: visitLoop,
    ForOfStatement: visitLoop,
    SwitchStatement: (node, scope) => {
      visitAll([child(node, 'discriminant')], scope);
      visitIn('switch', node, scope, children(node, 'cases'));
    },
    CatchClause: (node, scope) => {
      const inner = open('catch', node, scope);
      const param = child(node, 'param');
      if (param !== null) bindPattern(param, inner, inner, 'catch', node, false);
      visitAll([child(node, 'body')], inner);
    },
    WithStatement: (node, scope) => {
      visitAll([child(node, 'object')], scope);
      const inner = open('with', node, scope);
      inner.dynamic = true;
      visitAll([child(node, 'body')], inner);
    },
    AssignmentExpression: (node, scope) => {
      const left = child(node, 'left');
      if (left !== null) assign(left, scope, field(node, 'operator') === '=' ? WRITE : READ_WRITE);
      visitAll([child(node, 'right')], scope);
    },
    UpdateExpression: (node, scope) => {
      const argument = child(node, 'argument');
      if (argument !== null) assign(argument, scope, READ_WRITE);
    },
    CallExpression: (node, scope) => {
      if (isIdentifier(child(node, 'callee'), 'eval') && node.optional !== true) {
        for (let at: Scope | null = scope; at !== null; at = at.parent) at.dynamic = true;
      }
      eachChild(node, (part) => visit(part, scope));
    },
    ImportDeclaration: (node, scope) => {
      for (const specifier of children(node, 'specifiers')) {
        const local = child(specifier, 'local');
        const typeOnly = node.importKind === 'type' || specifier.importKind === 'type';
        if (local !== null) declare(scope, local, 'import', specifier, { typeOnly });
      }
    },
    TSImportEqualsDeclaration: (node, scope) => {
      const id = child(node, 'id');
      if (id !== null) declare(scope, id, 'import', node, { typeOnly: node.importKind === 'type' });
      const target = child(node, 'moduleReference');
      if (target?.type !== 'TSExternalModuleReference') useType(target, scope);
    },
    ExportNamedDeclaration: (node, scope) => {
      visitAll([child(node, 'declaration')], scope);
      if (child(node, 'source') !== null) return;
      for (const specifier of children(node, 'specifiers')) {
        const local = child(specifier, 'local');
        const type = node.exportKind === 'type' || specifier.exportKind === 'type';
        if (local?.type === 'Identifier') use(local, scope, READ, type);
      }
    },
    ExportAllDeclaration: () => {},
    TSExternalModuleReference: () => {},
    TSNamespaceExportDeclaration: () => {},
  };

  for (const type of [
    'MethodDefinition',
    'PropertyDefinition',
    'AccessorProperty',
    'TSAbstractMethodDefinition',
    'TSAbstractPropertyDefinition',
    'TSAbstractAccessorProperty',
  ]) {
    visitors[type] = (node, scope) => {
      visitAll(children(node, 'decorators'), scope);
      visitAll([node.computed === true ? child(node, 'key') : null], scope);
      visitAll([child(node, 'typeAnnotation'), child(node, 'value')], scope);
    };
  }

  function visitLoop(node: SyntaxNode, outer: Scope): void {
    const scope = open('for', node, outer);
    const left = child(node, 'left');
    if (left?.type === 'VariableDeclaration') visitDeclarations(left, scope, true);
    else if (left !== null) assign(left, scope, WRITE);
    visitAll([child(node, 'right'), child(node, 'body')], scope);
  }

  function visit(node: SyntaxNode, scope: Scope): void {
    if (wanted !== undefined && !wanted(node)) return;
    const visitor = visitors[node.type];
    if (visitor !== undefined) visitor(node, scope);
    else eachChild(node, (part) => visit(part, scope));
  }

  const module = open('module', file.program, null);
  for (const statement of children(file.program, 'body')) visit(statement, module);
  return { module, scopes, references, declared, bindings };
}

function hasUseStrict(program: SyntaxNode): boolean {
  return children(program, 'body').some((statement) => statement.directive === 'use strict');
}
