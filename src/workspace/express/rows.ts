import { resolveBindings } from '../syntax/bindings.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import type { ArrayValue, ObjectValue, Value } from '../syntax/flow/values.ts';
import { argumentsOf, child, children, memberName, propertyKeyName, unwrap } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { parentsOf } from '../syntax/walk.ts';

/** Where an argument comes from when it is one column of a table row: the row's place and the column's name. */
interface Column {
  row: SyntaxNode;
  key: string;
}

/** One row of a table of routes: what each argument (and a computed method) is in it. */
export interface Row {
  method: string | null;
  /** By argument position; absent for arguments that do not come from the row. */
  values: ReadonlyMap<number, readonly Value[]>;
}

const isRow = (value: Value): value is ObjectValue | ArrayValue =>
  value.kind === 'object' || value.kind === 'array';

/**
 * The rows behind a registration in a loop, `for (const { path, router } of table) app.use(path, router)`: path and
 * router of one row belong together. Null when the call takes fewer than two columns of one row, or a row is not known.
 */
export function rowsOf(flow: Flow, file: ParsedFile, call: SyntaxNode): readonly Row[] | null {
  const columns = new Map<number, Column>();
  for (const [index, argument] of argumentsOf(call).entries()) {
    const column = columnOf(flow, file, unwrap(argument));
    if (column !== null) columns.set(index, column);
  }
  const first = columns.get(0);
  if (first === undefined) return null;
  const callee = child(call, 'callee');
  const computed = callee?.computed === true ? child(callee, 'property') : null;
  const methodColumn = computed === null ? null : columnOf(flow, file, computed);
  const related = [...columns].filter(([, column]) => column.row === first.row);
  if (related.length < 2 && methodColumn?.row !== first.row) return null;
  const rows = flow.valuesOf(first.row).filter(isRow);
  if (rows.length === 0 || rows.length < flow.valuesOf(first.row).length) return null;
  rows.sort((a, b) => a.node.start - b.node.start);
  const read = (row: Value, key: string): readonly Value[] => {
    const cell = flow.memberOf(row, key);
    flow.settle();
    return [...cell.values];
  };
  return rows.map((row) => {
    const [method] = methodColumn?.row === first.row ? read(row, methodColumn.key) : [];
    return {
      method: method?.kind === 'text' ? method.text : null,
      values: new Map(related.map(([index, { key }]) => [index, read(row, key)])),
    };
  });
}

/** `row.path`, or `path` declared by a pattern `{ path }` or `[path]`. The row is named by its declaration. */
function columnOf(flow: Flow, file: ParsedFile, node: SyntaxNode): Column | null {
  const { bindingOf } = resolveBindings(file);
  if (node.type === 'MemberExpression') {
    const object = child(node, 'object');
    const name = memberName(node);
    const binding = object?.type === 'Identifier' ? bindingOf(object) : null;
    if (binding === null || name === null || flow.cellOf(binding.node) === null) return null;
    return { row: binding.node, key: name };
  }
  const binding = node.type === 'Identifier' ? bindingOf(node) : null;
  if (binding === null) return null;
  const parents = parentsOf(file);
  const holder = parents.get(binding.node);
  const pattern = holder === undefined ? undefined : parents.get(holder);
  if (holder?.type === 'Property' && pattern?.type === 'ObjectPattern') {
    const key = propertyKeyName(holder);
    return key === null ? null : { row: pattern, key };
  }
  if (holder?.type === 'ArrayPattern') {
    return { row: holder, key: String(children(holder, 'elements').indexOf(binding.node)) };
  }
  return null;
}
