import {
  child,
  children,
  isIdentifier,
  parametersOf,
  patternTarget,
  propertyKeyName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { atStart, type Part, range } from '../../shared/edit/draft.ts';
import { replace } from '../../shared/edit/work.ts';
import { requestMember } from '../members/named.ts';
import { patternParts } from '../members/request.ts';
import { problem } from '../state.ts';
import type { Frame } from './frame.ts';

/** A request that a parameter takes apart: `async ({ params, body }) => …`. */
export function convertPatterns(frame: Frame) {
  const { conversion, work, unit, c } = frame;
  for (const [index, given] of unit.parameters.entries()) {
    const parameter = patternTarget(parametersOf(unit.node)[index] as SyntaxNode);
    if (
      given === null ||
      given === 'error' ||
      given === 'body' ||
      given === 'payload' ||
      isIdentifier(parameter)
    )
      continue;
    const isPattern = given === 'request' && parameter.type === 'ObjectPattern';
    const body = child(unit.node, 'body');
    if (isPattern && body !== null && body.type !== 'BlockStatement' && writeInPlace(frame, parameter))
      continue;
    const parts =
      isPattern && body?.type === 'BlockStatement' ? patternParts(conversion, work, parameter, c) : null;
    if (parts === null)
      problem(conversion, unit.file, parameter, 'parameter', 'what it takes apart has no counterpart here');
    else declareAtStart(frame, parts);
  }
}

/** Names that a pattern takes become what they stand for, where they are read. */
function writeInPlace({ conversion, work, c }: Frame, pattern: SyntaxNode): boolean {
  const names = children(pattern, 'properties').map((property) => {
    const name = property.type === 'RestElement' ? null : propertyKeyName(property);
    const target = child(property, 'value');
    const text = name === null ? null : requestMember(conversion, work, name, c);
    return { text, binding: isIdentifier(target) ? work.bindings.bindingOf(target) : null };
  });
  if (names.some(({ text, binding }) => text === null || binding === null)) return false;
  for (const { text, binding } of names)
    for (const { node } of binding?.references ?? []) {
      const parent = work.parents.get(node);
      const isShort = parent?.type === 'Property' && parent.shorthand === true;
      replace(conversion, work, node, [isShort ? `${String(node.name)}: ${text}` : (text ?? '')], 'request');
    }
  return true;
}

/** Declares at the start of a function what its parameter took apart. */
function declareAtStart({ work, unit }: Frame, parts: Part[][]) {
  const body = child(unit.node, 'body');
  if (body === null || parts.length === 0) return;
  const [first] = children(body, 'body');
  const indent = first === undefined ? '' : work.layout.indentAt(first.start);
  const texts = parts.map((each) =>
    each
      .map((part) => (typeof part === 'string' ? part : work.file.text.slice(part.start, part.end)))
      .join(''),
  );
  const place = first === undefined ? range(body, body.end - 1, body.end - 1) : atStart(first);
  work.draft.insert(place, `const ${texts.join(', ')};${work.layout.newline}${indent}`, 'parameter');
}
