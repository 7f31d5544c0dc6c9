import type { ASTPath, Identifier } from 'jscodeshift';
import { useAt } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';

/** What an error of node-fetch tells by itself, and one of `fetch` by its `cause`. */
const OWN = new Set(['code', 'errno', 'type', 'syscall']);

/** Places that read of a caught error what `fetch` of Node.js has elsewhere: which error it is, is not looked at. */
export function readsOfErrors(work: Work): { node: object; why: string; advice: string }[] {
  const { j, root } = work;
  const names: Identifier[] = [];
  for (const { node } of root.find(j.CatchClause).paths())
    if (node.param?.type === 'Identifier') names.push(node.param);
  for (const path of root.find(j.CallExpression).paths()) {
    const { callee, arguments: given } = path.node;
    const [first] = given;
    const isCatch =
      callee.type === 'MemberExpression' &&
      callee.property.type === 'Identifier' &&
      callee.property.name === 'catch';
    if (!isCatch || (first?.type !== 'ArrowFunctionExpression' && first?.type !== 'FunctionExpression'))
      continue;
    const [parameter] = first.params;
    if (parameter?.type === 'Identifier') names.push(parameter);
  }
  return names.flatMap((name) => {
    const binding = work.bindingOf(name);
    const uses: ASTPath<Identifier>[] = binding === null ? [] : work.usesOf(binding);
    return uses.flatMap((use) => {
      const [member] = useAt(use).members;
      if (member === undefined || !OWN.has(member)) return [];
      const why = `\`${name.name}.${member}\` of an error of node-fetch is \`${name.name}.cause.code\` with \`fetch\``;
      return [{ node: use.node, why, advice: 'Read `cause.code`, or rename what this error is not about.' }];
    });
  });
}
