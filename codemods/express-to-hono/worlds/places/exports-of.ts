import {
  child,
  field,
  isExportsObject,
  isMember,
  isModuleExports,
  literalText,
  memberName,
  propertyKeyName,
} from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import type { Target } from '../../state/worlds.ts';

/** How a file hands a declaration to others: under which name, and what says so. */
export interface Exported {
  /** `default` of an ES module; `module` for all that a CommonJS module exports. */
  name: string;
  /** The specifier, property or statement that exports it; null where the declaration does so itself. */
  by: SyntaxNode | null;
}

/** The names under which a declaration leaves its file. */
export function exportsOf(target: Target): Exported[] {
  const { work, statement, binding, id, name } = target;
  if (binding === null) return [{ name: name === '' ? 'module' : name, by: null }];
  if (statement.type === 'ExportNamedDeclaration') return [{ name, by: null }];
  if (statement.type === 'ExportDefaultDeclaration') return [{ name: 'default', by: null }];
  return binding.references.flatMap(({ node }): Exported[] => {
    const up = work.parents.get(node);
    if (up === undefined || node === id) return [];
    if (up.type === 'ExportSpecifier') {
      const as = child(up, 'exported');
      return [{ name: as === null ? name : (literalText(as) ?? field(as, 'name')), by: up }];
    }
    if (up.type === 'ExportDefaultDeclaration') return [{ name: 'default', by: up }];
    if (up.type === 'Property' && child(up, 'value') === node) {
      const object = work.parents.get(up);
      const assignment = object === undefined ? undefined : work.parents.get(object);
      const isDefault = assignment?.type === 'ExportDefaultDeclaration';
      const key = propertyKeyName(up);
      const left = assignment?.type === 'AssignmentExpression' ? child(assignment, 'left') : null;
      return key !== null && (isDefault || isModuleExports(left)) ? [{ name: key, by: up }] : [];
    }
    const left = up.type === 'AssignmentExpression' && child(up, 'right') === node ? child(up, 'left') : null;
    const by = work.parents.get(up);
    if (by?.type !== 'ExpressionStatement') return [];
    if (isModuleExports(left)) return [{ name: 'module', by }];
    const object = isMember(left) ? child(left, 'object') : null;
    const key = memberName(left);
    return key !== null && isExportsObject(object) ? [{ name: key, by }] : [];
  });
}
