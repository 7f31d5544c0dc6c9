import { freshName } from '../../../../src/workspace/syntax/bindings.ts';
import { child, unwrap } from '../../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../../src/workspace/syntax/walk.ts';
import { type Part, range } from '../../../shared/edit/draft.ts';
import { indentLines, outdentLines } from '../../../shared/edit/emit.ts';
import { importName } from '../../edit/imports.ts';
import type { SeenTypes } from '../../native/observed-answers.ts';
import { savesAnything } from '../../native/tags.ts';
import { type Conversion, replace, spanOf, textOf } from '../../state/conversion.ts';
import type { ReplacedAnswer } from '../../state/replaced-answer.ts';
import { holds } from '../../state/worlds.ts';

/** What the function does, at an indentation: what stands behind `if (test) return json(body);` is in a block of its own. */
export function linesOf(conversion: Conversion, replaced: ReplacedAnswer, outer: string): Part[][] {
  const { guards, instead, observed, unit } = replaced;
  const { work, context: c } = unit;
  const { newline, unit: step } = work.layout;
  const lines: Part[][] = [];
  const open: Part[][] = [];
  let indent = outer;
  const add = (parts: Part[]) => {
    const [block] = open;
    if (block === undefined) lines.push(parts);
    else block.push(`${newline}${indent}`, ...parts);
  };
  for (const [at, each] of [...observed, ...(instead === null ? [] : [instead])].entries()) {
    const amount = work.layout.indentAt(each.start).length - indent.length;
    outdentLines(conversion, work, spanOf(each), amount, 'response/replaced');
    for (let more = -amount; more > 0; more -= step.length)
      indentLines(conversion, work, [each], 'response/replaced');
    if (conversion.dry === 0) conversion.afterResponse.push(each);
    for (const self of findAll(each, 'ThisExpression'))
      replace(conversion, work, work.parents.get(self) ?? self, [`${c}.res.status`], 'response/status-code');
    if (each === instead) {
      for (const line of sendOther(conversion, replaced, each)) add(line);
      continue;
    }
    const above = commentsAbove(replaced, at).map((comment): Part => `${comment}${newline}${indent}`);
    if (!guards.includes(each)) {
      add([...above, spanOf(each)]);
      continue;
    }
    add([...above, ...negated(each)]);
    const [block] = open;
    if (block === undefined) open.unshift(lines.at(-1) ?? []);
    indent += step;
  }
  while (indent !== outer) {
    indent = indent.slice(step.length);
    open[0]?.push(`${newline}${indent}}`);
  }
  return lines;
}

/** `if (!found) {` */
function negated(test: SyntaxNode): Part[] {
  const inner = unwrap(test);
  const argument =
    inner.type === 'UnaryExpression' && inner.operator === '!' ? child(inner, 'argument') : null;
  if (argument !== null) return ['if (', spanOf(argument), ') {'];
  return /^(Identifier|MemberExpression|CallExpression)$/.test(inner.type)
    ? ['if (!', spanOf(test), ') {']
    : ['if (!(', spanOf(test), ')) {'];
}

/** The answer in place of the one that is there: its headers stay, but for the tag of another body. */
function sendOther(conversion: Conversion, { unit }: ReplacedAnswer, instead: SyntaxNode): Part[][] {
  const { context: c, work } = unit;
  const end = work.layout.semicolon;
  const tag = work.layout.string('ETag');
  const cast = work.file.typescript
    ? ` as ${importName(conversion, work, 'hono/utils/http-status', 'ContentfulStatusCode', { type: true })}`
    : '';
  const isTagged =
    conversion.idiomatic !== null && conversion.settings.etag !== 'off' && savesAnything(conversion);
  return [
    ...(isTagged ? [[`${c}.res.headers.delete(${tag})${end}`]] : []),
    [`${c}.res = ${c}.json(`, spanOf(instead), `, ${c}.res.status${cast})${end}`],
  ];
}

/** What tells an answer by its type. */
export function testOf(
  { unit: { context: c, work } }: ReplacedAnswer,
  types: 'json' | 'text',
  { isEmpty, isOpen }: SeenTypes,
): string {
  const header = `${c}.res.headers.get(${work.layout.string('Content-Type')})`;
  const isOfType =
    types === 'json'
      ? `${header}?.startsWith(${work.layout.string('application/json')})`
      : `/^(application\\/json|text\\/html)/.test(${header} ?? '')`;
  return `${isOpen ? `${c}.res.body !== null && ` : ''}${isOfType}${isEmpty ? ` || ${c}.res.status === 204` : ''}`;
}

/** The line that reads what was sent back, under the name that the function gave it; none where it is not looked at. */
export function readOf(
  conversion: Conversion,
  { by, fn, given, instead, observed, unit }: ReplacedAnswer,
  isEmpty: boolean,
): Part[][] {
  const { context: c, work } = unit;
  const [binding] = given.bindings;
  const [parameter] = given.parameters;
  const looked = instead === null ? observed : [...observed, instead];
  const reads = (binding?.references ?? []).filter(({ node }) => looked.some((each) => holds(each, node)));
  if (binding === undefined || parameter === undefined || reads.length === 0) return [];
  const name = given.isRest ? freshName(work.bindings.scopeOf(fn), 'body') : binding.name;
  for (const { node } of given.isRest ? reads : [])
    replace(conversion, work, work.parents.get(node) ?? node, [name], 'response/replaced');
  const annotation = given.isRest ? null : child(parameter, 'typeAnnotation');
  const type = annotation === null ? '' : textOf(work, annotation);
  const isLoose = /^:\s*(any|unknown)$/.test(type);
  const own = child(fn, 'typeParameters') === null && parameter.optional !== true && by === 'json';
  const read = `await ${c}.res.clone().${by === 'json' ? 'json().catch(() => undefined)' : 'text()'}`;
  const value = isEmpty ? `(${read}) || undefined` : read;
  return [[`const ${name}${isLoose || own ? type : ''} = ${value}${work.layout.semicolon}`]];
}

/** Comments of the function that stand between two of its statements. */
function commentsAbove({ unit: { work }, fn, observed }: ReplacedAnswer, index: number): string[] {
  const body = child(fn, 'body');
  const from = observed[index - 1]?.end ?? body?.start ?? fn.start;
  const to = observed[index]?.start ?? fn.end;
  return work.file.comments
    .filter(({ start, end }) => from <= start && end <= to)
    .map((comment) => textOf(work, range(fn, comment.start, comment.end)));
}
