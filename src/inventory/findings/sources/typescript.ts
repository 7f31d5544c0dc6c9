import { child, children } from '../../../workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import type { Look } from '../look.ts';
import type { SourceRule } from '../rule.ts';

/** Syntax of TypeScript that leaves code behind, which a runtime that strips types refuses. */
const rule: SourceRule = {
  id: 'typescript',
  typescript: true,
  kinds: [
    'ts-enum',
    'ts-namespace',
    'ts-parameter-property',
    'ts-decorator',
    'ts-import-equals',
    'ts-export-equals',
  ],
  words:
    /\benum\s+[\w$]|\b(?:namespace|module)\s+[\w$"'`]|\bconstructor\s*\([^)]*\b(?:public|private|protected|readonly|override)\b|(?:^|[\s(,{;])@[\w$]+[\w$.]*\s*(?:\(|$)|\bimport\s+[\w$]+\s*=|\bexport\s*=/m,
  visit: {
    TSEnumDeclaration: (node, look) => written('ts-enum', 'enum', node, look),
    TSModuleDeclaration(node, look) {
      const body = child(node, 'body');
      if (body !== null && leavesCode(body)) written('ts-namespace', 'namespace', node, look);
    },
    TSParameterProperty: (node, look) => written('ts-parameter-property', 'parameter property', node, look),
    // One for a file: what is to be done about them is done once for all.
    Decorator(node, look) {
      if (!look.seen.some(({ kind }) => kind === 'ts-decorator'))
        written('ts-decorator', 'decorator', node, look);
    },
    TSImportEqualsDeclaration(node, look) {
      if (node.importKind !== 'type') written('ts-import-equals', 'import =', node, look);
    },
    TSExportAssignment: (node, look) => written('ts-export-equals', 'export =', node, look),
  },
};

function written(kind: string, name: string, node: SyntaxNode, look: Look): void {
  if (node.declare !== true && look.file.typescript && !isAmbient(node, look)) look.note(kind, name, node);
}

/** Inside `declare module 'x' { … }` and the like nothing runs. */
function isAmbient(node: SyntaxNode, look: Look): boolean {
  for (let up = look.parentOf(node); up !== null; up = look.parentOf(up))
    if (up.declare === true || (up.type === 'TSModuleDeclaration' && up.kind === 'global')) return true;
  return false;
}

const leavesCode = (body: SyntaxNode): boolean =>
  children(body, 'body').some((each) => {
    const inner = /^Export(?:Named|Default)Declaration$/.test(each.type) ? child(each, 'declaration') : each;
    const body = inner?.type === 'TSModuleDeclaration' ? child(inner, 'body') : null;
    if (body !== null) return leavesCode(body);
    return inner !== null && !/^TS(?:Interface|TypeAlias)Declaration$|^TSDeclareFunction$/.test(inner.type);
  });

export default rule;
