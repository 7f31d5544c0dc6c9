import { child, children } from '../nodes.ts';
import type { SyntaxNode } from '../parse.ts';
import type { Scope } from './scopes.ts';
import { READ, type ScopeTable } from './table.ts';

type Visitor = (node: SyntaxNode, scope: Scope) => void;

/** Scope rules of TypeScript's own forms: types, interfaces, enums, namespaces. */
export function createTypeVisitors(
  { open, declare, use }: ScopeTable,
  visitAll: (nodes: readonly (SyntaxNode | null)[], scope: Scope) => void,
) {
  /** Names in a type: the leftmost name of `a.b.C` is the use. */
  function useType(name: SyntaxNode | null, scope: Scope): void {
    let at = name;
    while (at !== null && (at.type === 'TSQualifiedName' || at.type === 'MemberExpression')) {
      at = child(at, at.type === 'TSQualifiedName' ? 'left' : 'object');
    }
    if (at?.type === 'Identifier') use(at, scope, READ, true);
  }

  function typeParts(node: SyntaxNode): (SyntaxNode | null)[] {
    const parameters = [...children(node, 'params'), ...children(node, 'parameters')];
    return [...parameters.map((param) => child(param, 'typeAnnotation')), child(node, 'returnType')];
  }

  function declareTypeParameters(node: SyntaxNode, scope: Scope): void {
    const list = child(node, 'typeParameters');
    if (list === null) return;
    for (const parameter of children(list, 'params')) {
      const name = child(parameter, 'name');
      if (name !== null) declare(scope, name, 'type', parameter);
    }
    for (const parameter of children(list, 'params')) {
      visitAll([child(parameter, 'constraint'), child(parameter, 'default')], scope);
    }
  }

  function visitHeritage(node: SyntaxNode, scope: Scope): void {
    useType(child(node, 'expression'), scope);
    visitAll([child(node, 'typeArguments')], scope);
  }

  function visitTypeDeclaration(node: SyntaxNode, scope: Scope): void {
    const id = child(node, 'id');
    if (id !== null) declare(scope, id, 'type', node);
    const inner = open('type', node, scope);
    declareTypeParameters(node, inner);
    visitAll([...children(node, 'extends'), child(node, 'body'), child(node, 'typeAnnotation')], inner);
  }

  function visitSignature(node: SyntaxNode, scope: Scope): void {
    const inner = open('type', node, scope);
    declareTypeParameters(node, inner);
    visitAll([node.computed === true ? child(node, 'key') : null, ...typeParts(node)], inner);
  }

  const visitors: Record<string, Visitor> = {
    TSTypeReference: (node, scope) => {
      useType(child(node, 'typeName'), scope);
      visitAll([child(node, 'typeArguments')], scope);
    },
    TSTypeQuery: (node, scope) => {
      useType(child(node, 'exprName'), scope);
      visitAll([child(node, 'typeArguments')], scope);
    },
    TSInterfaceHeritage: visitHeritage,
    TSClassImplements: visitHeritage,
    TSTypeAliasDeclaration: visitTypeDeclaration,
    TSInterfaceDeclaration: visitTypeDeclaration,
    TSFunctionType: visitSignature,
    TSConstructorType: visitSignature,
    TSCallSignatureDeclaration: visitSignature,
    TSConstructSignatureDeclaration: visitSignature,
    TSMethodSignature: visitSignature,
    TSIndexSignature: (node, scope) => visitAll([...typeParts(node), child(node, 'typeAnnotation')], scope),
    TSMappedType: (node, scope) => {
      const inner = open('type', node, scope);
      const key = child(node, 'key');
      if (key !== null) declare(inner, key, 'type', node);
      visitAll(
        ['constraint', 'nameType', 'typeAnnotation'].map((part) => child(node, part)),
        inner,
      );
    },
    TSInferType: (node, scope) => {
      const parameter = child(node, 'typeParameter');
      const name = parameter && child(parameter, 'name');
      if (name) declare(scope, name, 'type', node);
      visitAll([parameter && child(parameter, 'constraint')], scope);
    },
    TSConditionalType: (node, scope) =>
      visitAll(
        ['checkType', 'extendsType', 'trueType', 'falseType'].map((part) => child(node, part)),
        open('type', node, scope),
      ),
    TSTypePredicate: (node, scope) => visitAll([child(node, 'typeAnnotation')], scope),
    TSNamedTupleMember: (node, scope) => visitAll([child(node, 'elementType')], scope),
    TSPropertySignature: (node, scope) =>
      visitAll([node.computed === true ? child(node, 'key') : null, child(node, 'typeAnnotation')], scope),
    TSImportType: (node, scope) => visitAll([child(node, 'typeArguments')], scope),
    TSEnumDeclaration: (node, scope) => {
      const id = child(node, 'id');
      if (id !== null) declare(scope, id, 'enum', node);
      const inner = open('enum', node, scope);
      for (const member of children(child(node, 'body') ?? node, 'members')) {
        const key = child(member, 'id');
        if (key?.type === 'Identifier') declare(inner, key, 'enum', member);
        visitAll([child(member, 'initializer')], inner);
      }
    },
    TSModuleDeclaration: (node, scope) => {
      const id = child(node, 'id');
      if (id?.type === 'Identifier' && node.kind !== 'global') declare(scope, id, 'namespace', node);
      const inner = open('namespace', node, scope);
      const body = child(node, 'body');
      if (body?.type === 'TSModuleBlock') visitAll(children(body, 'body'), inner);
      else visitAll([body], inner);
    },
  };
  return { visitors, declareTypeParameters, useType };
}
