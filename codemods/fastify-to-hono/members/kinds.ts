import {
  argumentsOf,
  calleeOf,
  child,
  field,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { FileWork } from '../../shared/edit/work.ts';

/** What an expression gives: JSON for objects, lists, numbers and booleans. `unknown`: only the value says it. */
export type Kind = 'json' | 'text' | 'bytes' | 'nothing' | 'error' | 'unknown';

/** What an expression gives, from how it is written and what its name stands for. */
export function kindOf(work: FileWork, node: SyntaxNode | undefined): Kind {
  if (node === undefined) return 'nothing';
  const inner = unwrap(node);
  switch (inner.type) {
    case 'ObjectExpression':
    case 'ArrayExpression':
      return 'json';
    case 'TemplateLiteral':
      return 'text';
    case 'Literal':
      return typeof inner.value === 'string' ? 'text' : 'json';
    case 'UnaryExpression':
      return inner.operator === 'void' ? 'nothing' : inner.operator === '!' ? 'json' : 'unknown';
    case 'BinaryExpression':
      if (/^(?:[=!]==?|[<>]=?|in|instanceof|[-*/%])$/.test(field(inner, 'operator'))) return 'json';
      return [child(inner, 'left'), child(inner, 'right')].some(
        (side) => kindOf(work, side ?? undefined) === 'text',
      )
        ? 'text'
        : 'unknown';
    case 'ConditionalExpression': {
      const [one, other] = [
        kindOf(work, child(inner, 'consequent') ?? undefined),
        kindOf(work, child(inner, 'alternate') ?? undefined),
      ];
      return one === other ? one : 'unknown';
    }
    case 'NewExpression':
      return /Error$/.test(String(calleeOf(inner)?.name ?? '')) ? 'error' : 'unknown';
    case 'CallExpression':
      return ofCall(inner);
    case 'Identifier':
      return inner.name === 'undefined' ? 'nothing' : fromName(work, inner);
    default:
      return 'unknown';
  }
}

function ofCall(call: SyntaxNode): Kind {
  const callee = calleeOf(call);
  const object = isMember(callee) ? child(callee, 'object') : null;
  const name = memberName(callee);
  if (isIdentifier(object, 'JSON') && name === 'stringify' && argumentsOf(call).length > 0) return 'unknown';
  if (isIdentifier(object, 'Buffer') && name === 'from') return 'bytes';
  if (name === 'toString' || name === 'toISOString' || name === 'join' || name === 'trim') return 'text';
  return 'unknown';
}

/** A constant is what it is made as. */
function fromName(work: FileWork, node: SyntaxNode): Kind {
  const binding = work.bindings.bindingOf(node);
  const init = binding?.kind === 'const' ? child(binding.declaration, 'init') : null;
  const isWhole = binding !== null && isIdentifier(child(binding.declaration, 'id'));
  return init !== null && isWhole && /^(?:Object|Array)Expression$|^TemplateLiteral$/.test(unwrap(init).type)
    ? kindOf(work, init)
    : 'unknown';
}
