import { argumentsOf, child } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atEnd, atStart, range } from '../../shared/edit/draft.ts';
import { type FileWork, replace } from '../../shared/edit/work.ts';
import type { Creation } from '../application/creation.ts';
import { ask } from '../packages/use.ts';
import { type Conversion, type Unit, want } from '../state.ts';
import type { Packages } from './packages.ts';
import type { Place } from './slots.ts';

/** `fastify(options)` becomes `besideFastify(fastify, options, parts)`. */
export function writeCreation(conversion: Conversion, { file, node }: Creation) {
  const work = conversion.workOf(file);
  const callee = child(node, 'callee');
  if (callee === null) return;
  const [options] = argumentsOf(node);
  const generics = child(node, 'typeArguments') ?? child(node, 'typeParameters');
  if (generics !== null) replace(conversion, work, generics, [''], 'types');
  const parts = [
    ['body', want(work, 'parity/body', 'body')],
    ...(conversion.facts.hasSchemas ? [['schemas', want(work, 'parity/schemas', 'jsonSchemas')]] : []),
  ].map(([name, local]) => (name === local ? name : `${name}: ${local}`));
  const beside = want(work, 'parity/beside', 'besideFastify');
  work.draft.insert(atStart(callee), `${beside}(`, 'application');
  const open = (generics ?? callee).end;
  const rest = range(node, open, options?.start ?? node.end);
  replace(
    conversion,
    work,
    rest,
    [options === undefined ? `, {}, { ${parts.join(', ')} })` : ', '],
    'application',
  );
  if (options !== undefined) work.draft.insert(atEnd(options), `, { ${parts.join(', ')} }`, 'application');
}

/** `hono(…)` around what Fastify is given and Hono's side answers. */
export function writePlaces(conversion: Conversion, places: readonly Place[], taken: ReadonlySet<Unit>) {
  for (const { file, node, kind, units, isUnknown } of places) {
    if (isUnknown || units.length === 0 || !units.every((unit) => taken.has(unit))) continue;
    const work = conversion.workOf(file);
    const name = want(work, 'parity/in-fastify', 'hono');
    const property = work.parents.get(node);
    const end = kind === 'handler' ? ')' : `, '${kind}')`;
    if (property?.type === 'Property' && property.method === true)
      writeMethod(conversion, work, property, node, name);
    else if (property?.type === 'Property' && property.shorthand === true) {
      const key = String(child(property, 'key')?.name);
      replace(conversion, work, property, [`${key}: ${name}(${key}${end}`], 'beside');
      continue;
    } else work.draft.insert(atStart(node), `${name}(`, 'beside');
    work.draft.insert(atEnd(node), end, 'beside');
  }
}

/** `async handler(…) { … }` becomes `handler: hono(async function (…) { … })`. */
function writeMethod(
  conversion: Conversion,
  work: FileWork,
  property: SyntaxNode,
  fn: SyntaxNode,
  name: string,
) {
  const key = child(property, 'key') as SyntaxNode;
  const text = work.file.text.slice(key.start, key.end);
  const word = fn.async === true ? 'async function ' : 'function ';
  replace(
    conversion,
    work,
    range(property, property.start, fn.start),
    [`${text}: ${name}(${word}`],
    'beside',
  );
}

/** `register(covered(cookie, …))`, `register(bridged(rateLimit))`: what becomes of a package's hooks on Hono's side. */
export function writePackages(conversion: Conversion, { registers }: Packages) {
  for (const { file, plugin, how, stand } of registers) {
    const work = conversion.workOf(file);
    const name = ask(conversion, work, 'parity/covered', how);
    const second = stand === null ? '' : `, ${ask(conversion, work, `parity/${stand.file}`, stand.name)}`;
    work.draft.insert(atStart(plugin), `${name}(`, 'plugin');
    work.draft.insert(atEnd(plugin), `${second})`, 'plugin');
  }
}

/** Fastify's types of functions that are Hono's now go from the names that hold them, and from what decorates an application. */
export function writeTypes(conversion: Conversion, taken: ReadonlySet<Unit>) {
  for (const { file, node, member } of conversion.calls) {
    const value = member === 'decorate' && file.typescript ? argumentsOf(node)[1] : undefined;
    const units = (value === undefined ? [] : conversion.flow.valuesOf(value)).flatMap((each) =>
      each.kind === 'function' ? (conversion.units.get(each.node) ?? []) : [],
    );
    if (value === undefined || !units.some((unit) => taken.has(unit))) continue;
    const work = conversion.workOf(file);
    work.draft.insert(atStart(value), '(', 'types');
    work.draft.insert(atEnd(value), `) as ${want(work, 'parity/types', 'Loose', true)}`, 'types');
  }
  for (const { file, node } of taken) {
    if (!file.typescript) continue;
    const work = conversion.workOf(file);
    const parent = work.parents.get(node);
    const id = parent?.type === 'VariableDeclarator' || parent?.type === 'PropertyDefinition' ? parent : null;
    const holder = id === null ? null : id.type === 'VariableDeclarator' ? child(id, 'id') : id;
    const annotation = holder === null ? null : child(holder, 'typeAnnotation');
    if (annotation !== null) replace(conversion, work, annotation, [''], 'types');
  }
}
