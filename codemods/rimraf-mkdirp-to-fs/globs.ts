import { isBuiltin } from 'node:module';
import type { ASTNode, CallExpression, Identifier } from 'jscodeshift';
import { loadingsOf } from '../shared/transform/loadings.ts';
import type { Work } from '../shared/transform/work.ts';

const MAGIC = /[*?[\]{}!()+@]/;

/** What gives a path of the machine, in which nobody means a glob. */
const PLACES = new Set(['os.tmpdir', 'process.cwd', 'fs.mkdtempSync']);
const JOINS = new Set(['path.join', 'path.resolve', 'path.normalize']);

/** Whether a path may hold what rimraf before release 4 reads as a glob: everything but what is written out here. */
export function mayBeGlob(work: Work, node: ASTNode, depth = 0): boolean {
  if (depth > 5) return true;
  const each = (nodes: readonly ASTNode[]) => nodes.some((one) => mayBeGlob(work, one, depth + 1));
  switch (node.type) {
    case 'StringLiteral':
      return MAGIC.test(node.value);
    case 'TemplateLiteral':
      return node.quasis.some(({ value }) => MAGIC.test(value.cooked ?? '*')) || each(node.expressions);
    case 'BinaryExpression':
      return node.operator !== '+' || each([node.left, node.right]);
    case 'Identifier':
      return isGlobalPlace(work, node) ? false : initOf(work, node, depth);
    case 'MemberExpression':
      return !['import.meta.dirname', 'import.meta.filename'].includes(work.textOf(node));
    case 'CallExpression': {
      const name = builtinName(work, node.callee);
      if (name !== null && PLACES.has(name)) return false;
      return name === null || !JOINS.has(name) || each(node.arguments);
    }
    default:
      return true;
  }
}

const isGlobalPlace = (work: Work, node: Identifier): boolean =>
  (node.name === '__dirname' || node.name === '__filename') && work.isGlobal(node);

/** A constant is what it is made of. */
function initOf(work: Work, node: Identifier, depth: number): boolean {
  const binding = work.bindingOf(node);
  if (binding?.kind !== 'const' || binding.declaration.type !== 'VariableDeclarator') return true;
  const declarator = work.root
    .find(work.j.VariableDeclarator)
    .paths()
    .find(({ node: { id } }) => id.type === 'Identifier' && work.bindingOf(id) === binding);
  const init = declarator?.node.init;
  return init === undefined || init === null || mayBeGlob(work, init, depth + 1);
}

/** The full name of a function of a builtin module, `path.join`, by the binding that it is called by. */
function builtinName(work: Work, callee: CallExpression['callee']): string | null {
  const base = callee.type === 'MemberExpression' ? callee.object : callee;
  if (base.type !== 'Identifier') return null;
  if (base.name === 'process' && work.isGlobal(base)) return work.textOf(callee);
  const binding = work.bindingOf(base);
  const { loadings } = loadingsOf(work, isBuiltin);
  for (const { specifier, names } of loadings) {
    const found = names.find((each) => each.binding === binding);
    if (found === undefined) continue;
    const member =
      callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? [callee.property.name]
        : [];
    const own = found.imported === '*' || found.imported === 'default' ? [] : [found.imported];
    return [specifier.value.replace('node:', ''), ...own, ...member].join('.');
  }
  return null;
}
