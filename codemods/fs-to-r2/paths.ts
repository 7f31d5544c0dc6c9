import type { Flow } from '../../src/workspace/syntax/flow/flow.ts';
import type { ExternalValue, Value } from '../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, child, children, unwrap } from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';

/** Where a path points, as far as its values tell. */
export type Place = 'inside' | 'outside' | 'unknown';

const SAME_PLACE = new Set(['join', 'normalize', 'toNamespacedPath', 'dirname']);
/** Globals that name a place of their own. */
const FIXED = /^(?:process|__dirname|__filename)$/;
/** What these give is no path that a file can be opened by. */
const NO_PATH = new Set(['basename', 'extname', 'parse', 'relative', 'format', 'isAbsolute']);

/**
 * Tells paths below a folder from others by what flows into them, never by how they are called.
 *
 * @param folder every value the folder's expression may have
 * @param stored the value that stands for the path of an uploaded file, if uploads are kept in the folder
 */
export function placesIn(
  flow: Flow,
  folder: ReadonlySet<Value>,
  stored: Value | null,
): (node: SyntaxNode) => Place {
  const open = new Set<Value>();

  function ofValue(value: Value): Place {
    if (value === stored || folder.has(value)) return 'inside';
    if (value.kind === 'text') return isBelowText(value.text) ? 'inside' : 'outside';
    if (value.kind === 'unknown' || value.kind === 'marker') return 'unknown';
    if (value.kind !== 'external') return 'outside';
    if (value.origin === 'package') return 'unknown';
    if (value.origin === 'global') return FIXED.test(value.path[0] ?? '') ? 'outside' : 'unknown';
    if (open.has(value)) return 'outside';
    open.add(value);
    const place = ofBuiltin(value);
    open.delete(value);
    return place;
  }

  function ofBuiltin(value: ExternalValue): Place {
    const call = value.calls.at(-1)?.node;
    if (!/^path(?:\/|$)/.test(value.module) || call === undefined || value.path.at(-1) !== '()')
      return 'outside';
    const name = value.path.at(-2) ?? '';
    const args = argumentsOf(call);
    const [first] = args;
    if (NO_PATH.has(name) || first === undefined) return 'outside';
    if (SAME_PLACE.has(name)) return ofNode(first);
    const places = args.map(ofNode);
    return places.includes('inside') ? 'inside' : (places[0] ?? 'unknown');
  }

  const isBelowText = (text: string): boolean =>
    [...folder].some((one) => one.kind === 'text' && text.startsWith(`${one.text.replace(/\/$/, '')}/`));

  function ofNode(given: SyntaxNode): Place {
    const node = unwrap(given);
    if (node.type === 'BinaryExpression') return ofStart(child(node, 'left'));
    if (node.type === 'TemplateLiteral' && children(node, 'expressions').length > 0) {
      const start = (children(node, 'quasis')[0]?.value as { cooked?: string } | undefined)?.cooked ?? '';
      if (start === '') return ofStart(children(node, 'expressions')[0] ?? null);
      return isBelowText(start) ? 'inside' : 'unknown';
    }
    const values = flow.cellOf(node)?.values ?? new Set<Value>();
    if (values.size === 0) return 'unknown';
    const places = [...values].map(ofValue);
    if (places.includes('inside')) return 'inside';
    return places.includes('unknown') ? 'unknown' : 'outside';
  }

  const ofStart = (node: SyntaxNode | null): Place => (node === null ? 'unknown' : ofNode(node));

  return ofNode;
}
