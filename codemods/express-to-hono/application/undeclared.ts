import { resolveBindings } from '../../../src/workspace/syntax/bindings.ts';
import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import { child, isIdentifier, memberName } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { atStart } from '../../shared/edit/draft.ts';
import { type Conversion, type FileWork, refuse } from '../state/conversion.ts';
import { statementIn } from '../worlds/targets.ts';

/** Names that a CommonJS module is given. */
const GIVEN = new Set(['exports', 'module', 'require', '__filename', '__dirname']);

/**
 * A Worker is an ES module: giving a value to a name that nobody declared throws there, and the Worker does not start. A name
 * that no other module uses is declared in its own.
 */
export function declareNames(conversion: Conversion, modules: Modules): void {
  if (conversion.options.target !== 'workers') return;
  for (const work of conversion.program.files.map((file) => conversion.workOf(file))) {
    const undeclared = undeclaredIn(work);
    for (const name of new Set(undeclared.map((left) => String(left.name)))) {
      if (isOnlyIn(work, name, modules)) {
        declare(work, name);
        continue;
      }
      const reason = `\`${name}\` is declared nowhere, and other modules use it: a Worker is an ES module and does not start with it`;
      for (const left of undeclared)
        if (left.name === name) refuse(conversion, work, left, 'workers/undeclared', reason);
    }
  }
}

/** The names in a file that are given a value and declared nowhere. */
const undeclaredIn = (work: FileWork): SyntaxNode[] =>
  findAll(work.file.program, 'AssignmentExpression').flatMap((assignment) => {
    const left = child(assignment, 'left');
    const isOne =
      isIdentifier(left) && !GIVEN.has(String(left.name)) && work.bindings.bindingOf(left) === null;
    return isOne ? [left] : [];
  });

const isOnlyIn = ({ file: own }: FileWork, name: string, modules: Modules): boolean =>
  !isOfGlobal(own, name) &&
  !modules.paths.some((path) => {
    const text = modules.text(path) ?? '';
    if (path === own.path || !(text.includes(name) || text.includes('global'))) return false;
    const file = modules.file(path);
    return file === null || namesIn(file, name).length > 0 || isOfGlobal(file, name);
  });

/** `const name = …` where one statement of the module makes it before all else; else `let name` before what names it first. */
function declare(work: FileWork, name: string): void {
  const { parents, file, layout, draft } = work;
  const [first, ...more] = namesIn(file, name);
  if (first === undefined) return;
  const assignment = parents.get(first);
  const statement = statementIn(work, first, file.program);
  const isWritten = more.some((node) => {
    const up = parents.get(node);
    return (
      up === undefined || /^(Update|Assignment)|^For/.test(up.type) || /Pattern$|^Property$/.test(up.type)
    );
  });
  const isWhole =
    statement?.type === 'ExpressionStatement' &&
    child(statement, 'expression') === assignment &&
    assignment?.operator === '=' &&
    child(assignment, 'left') === first;
  if (statement === null) return;
  if (isWhole && !isWritten) draft.lead(atStart(statement), 'const ', 'workers/declare');
  else draft.lead(atStart(statement), `let ${name}${layout.semicolon}${layout.newline}`, 'workers/declare');
}

/** The places in a file that mean a name which it declares nowhere. */
const namesIn = (file: ParsedFile, name: string): SyntaxNode[] =>
  resolveBindings(file).globals.flatMap(({ node }) => (node.name === name ? [node] : []));

/** `global.name`, `globalThis.name`, or a member of them that is computed. */
const isOfGlobal = (file: ParsedFile, name: string): boolean =>
  findAll(file.program, 'MemberExpression').some(
    (member) =>
      ['global', 'globalThis'].some((each) => isIdentifier(child(member, 'object'), each)) &&
      (memberName(member) ?? name) === name,
  );
