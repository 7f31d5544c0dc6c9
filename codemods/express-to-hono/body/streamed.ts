import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Part, range } from '../../shared/edit/draft.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { constantIn } from '../state/constants.ts';
import { type Conversion, type FileWork, spanOf } from '../state/conversion.ts';

/**
 * A readable that becomes the body. Deno's own server takes bytes only (measured on 2.9.6: a piece of text ends the
 * answer), where Node's takes text as well: `Readable.from` is told to give bytes, and what may give text keeps Node's.
 */
export function streamed(conversion: Conversion, work: FileWork, source: SyntaxNode): Part[] {
  const { options, idiomatic, dry } = conversion;
  if (idiomatic === null || options.target !== 'deno') return [spanOf(source)];
  const made = madeBy(work, unwrap(source));
  const [given, ...more] = made === null ? [] : argumentsOf(made);
  if (made !== null && memberName(calleeOf(made)) === 'from' && given !== undefined && more.length === 0) {
    if (made === unwrap(source))
      return [
        range(made, source.start, given.end),
        ', { objectMode: false }',
        range(made, given.end, source.end),
      ];
  } else if (made !== null && more.length === 0) return [spanOf(source)];
  if (dry === 0)
    conversion.nodeNeeds.push({
      location: work.file.locate(source.start),
      reason: 'what is streamed here may be text, and Deno’s server takes bytes only',
    });
  return [spanOf(source)];
}

/** The call of `Readable.from` or `createReadStream` that a stream is made by; null for any other. */
function madeBy(work: FileWork, node: SyntaxNode): SyntaxNode | null {
  if (isIdentifier(node)) {
    const binding = work.bindings.bindingOf(node);
    const asText = binding?.references.some(
      ({ node: use }) => memberName(work.parents.get(use)) === 'setEncoding',
    );
    const init = asText ? null : constantIn(work, node);
    return init === null ? null : madeBy(work, unwrap(init));
  }
  const callee = node.type === 'CallExpression' ? calleeOf(node) : null;
  if (callee === null) return null;
  const name = isMember(callee) ? memberName(callee) : isIdentifier(callee) ? callee.name : null;
  const object = isMember(callee) ? child(callee, 'object') : callee;
  const binding = isIdentifier(object) ? work.bindings.bindingOf(object) : null;
  const from = importsOf(work).find(({ bindings }) => binding !== null && bindings.includes(binding))?.module;
  const module = from?.replace(/^node:/, '');
  const isKnown =
    (module === 'stream' && name === 'from') || (module === 'fs' && name === 'createReadStream');
  return isKnown ? node : null;
}
