import { child, literalText, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { constantIn } from '../state/constants.ts';
import { type FileWork, spanOf, textOf } from '../state/conversion.ts';
import type { Listening, OwnRuntime } from '../state/own-server.ts';
import { isNumeric } from './listen-port.ts';

/**
 * `port: …`. Node takes a free port where there is none; Bun takes one of the environment's then and Deno 8000. Deno is
 * typed to take a number.
 */
export function portPart({ work, port }: Listening, runtime: OwnRuntime): Part[] {
  if (port === undefined) return ['port: 0'];
  const isBare = unwrap(port).type === 'Identifier' && textOf(work, port) === 'port';
  const isSafe = isNumeric(work, port) || (runtime === 'bun' && isGiven(work, port));
  if (isSafe) return isBare ? [spanOf(port)] : ['port: ', spanOf(port)];
  if (runtime === 'bun') return ['port: ', ...orElse(port, '0')];
  return ['port: Number(', ...(isGiven(work, port) ? [spanOf(port)] : orElse(port, '0')), ')'];
}

/** `hostname: …`. Where none is given Node and Bun listen on every address of both kinds, Deno on those of IPv4. */
export function hostPart({ work, host }: Listening, runtime: OwnRuntime): Part[] | null {
  if (host === undefined) return runtime === 'deno' ? [`hostname: ${work.layout.string('::')}`] : null;
  const isBare = unwrap(host).type === 'Identifier' && textOf(work, host) === 'hostname';
  if (runtime === 'deno' && !isGiven(work, host))
    return ['hostname: ', ...orElse(host, work.layout.string('::'))];
  return isBare ? [spanOf(host)] : ['hostname: ', spanOf(host)];
}

/** `x ?? 0`, in parentheses where `x` binds less. */
function orElse(value: SyntaxNode, other: string): Part[] {
  const isTight = /^(Identifier|MemberExpression|CallExpression|ChainExpression)$/.test(value.type);
  return isTight ? [spanOf(value), ` ?? ${other}`] : ['(', spanOf(value), `) ?? ${other}`];
}

/** Whether a value is there whatever the environment says: a constant, or one with another after `||` or `??`. */
function isGiven(work: FileWork, value: SyntaxNode): boolean {
  const node = unwrap(value);
  if (literalText(node) !== null || typeof node.value === 'number') return true;
  if (node.type === 'LogicalExpression') {
    const right = child(node, 'right');
    return node.operator !== '&&' && right !== null && isGiven(work, right);
  }
  if (node.type === 'ConditionalExpression')
    return ['consequent', 'alternate'].every((name) => isGiven(work, child(node, name) as SyntaxNode));
  if (node.type !== 'Identifier') return isNumeric(work, node);
  const made = constantIn(work, node);
  return made !== null && isGiven(work, made);
}
