import type { ExpressFunction } from '../../src/workspace/express/program.ts';
import {
  child,
  isIdentifier,
  isMember,
  memberName,
  parametersOf,
  patternTarget,
} from '../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import type { FileWork } from './conversion.ts';

/** What the bridge makes anew from Node's request: a change would not reach the converted handlers. */
export const MADE_ANEW = new Set('url query params method headers originalUrl baseUrl path'.split(' '));
/** Headers of the request that nothing but the application's own code and other bridged middleware reads. */
export const OWN_HEADER = /^(x-(?!forwarded|http-method|original|rewrite)|authorization$)/i;

/** Members of the request that go back to what the client sent, and that a middleware could have changed in place. */
const AS_SENT = new Set(
  'url query method headers rawHeaders originalUrl path get header ip ips protocol secure hostname host'
    .concat(' subdomains xhr is accepts acceptsEncodings acceptsCharsets acceptsLanguages fresh stale')
    .split(' '),
);

/** Whether a function reads one of them, or takes the request apart. */
export function readsRequestLine(work: FileWork, fn: ExpressFunction): boolean {
  const takesApart = (node: SyntaxNode) => !/Expression$/.test(work.parents.get(node)?.type ?? '');
  return (
    namesOn(work, fn, 'req').some((name) => AS_SENT.has(name)) ||
    referencesOf(work, fn, 'req').some(takesApart) ||
    parametersOf(fn.node).some(
      (parameter, index) => fn.roles[index] === 'req' && patternTarget(parameter)?.type === 'ObjectPattern',
    )
  );
}

/** Members that a function names on its request or response. */
export function namesOn(work: FileWork, fn: ExpressFunction, role: 'req' | 'res'): string[] {
  return referencesOf(work, fn, role).flatMap((node) => {
    const member = work.parents.get(node);
    return isMember(member) && child(member, 'object') === node ? [memberName(member) ?? ''] : [];
  });
}

/** Every place that names the request, the response or `next` of a function. */
export function referencesOf(
  work: FileWork,
  fn: ExpressFunction,
  role: 'req' | 'res' | 'next',
): SyntaxNode[] {
  return parametersOf(fn.node).flatMap((parameter, index) => {
    const target = patternTarget(parameter);
    if (fn.roles[index] !== role || !isIdentifier(target)) return [];
    return (work.bindings.bindingOf(target)?.references ?? []).map(({ node }) => node);
  });
}

/** `res.send = …`: Express's own members of the response, which converted handlers do not call. */
export function patchesResponse(work: FileWork, fn: ExpressFunction): boolean {
  return referencesOf(work, fn, 'res').some((node) => {
    const member = work.parents.get(node);
    if (!isMember(member) || child(member, 'object') !== node) return false;
    const up = work.parents.get(member);
    const written = up?.type === 'AssignmentExpression' && child(up, 'left') === member;
    return written && !/^(locals|statusCode|statusMessage)$/.test(memberName(member) ?? '');
  });
}

/** `req.session.user` of its part `req.session`. */
export function wholePath(work: FileWork, member: SyntaxNode): SyntaxNode {
  const up = work.parents.get(member);
  return isMember(up) && child(up, 'object') === member ? wholePath(work, up) : member;
}

/** Members of the request that a function assigns to, the first member of a longer path included. */
export function assignedNames(work: FileWork, fn: ExpressFunction): string[] {
  const found: string[] = [];
  for (const node of referencesOf(work, fn, 'req')) {
    const member = work.parents.get(node);
    if (!isMember(member) || child(member, 'object') !== node) continue;
    const name = memberName(member);
    const path = wholePath(work, member);
    const up = work.parents.get(path);
    const direct = path === member;
    const written =
      (up?.type === 'AssignmentExpression' && child(up, 'left') === path) ||
      up?.type === 'UpdateExpression' ||
      (up?.type === 'UnaryExpression' && up.operator === 'delete');
    if (name !== null && written && (direct || MADE_ANEW.has(name))) found.push(name);
  }
  return found;
}

/** Names of the headers that a function sets on its request; `?` for one that is not written out. */
export function headersSet(work: FileWork, fn: ExpressFunction): string[] {
  return referencesOf(work, fn, 'req').flatMap((node) => {
    const headers = work.parents.get(node);
    if (!isMember(headers) || child(headers, 'object') !== node || memberName(headers) !== 'headers')
      return [];
    const each = work.parents.get(headers);
    const up = each === undefined ? undefined : work.parents.get(each);
    const target = isMember(each) ? each : headers;
    const written = target === each ? up : each;
    const isWritten =
      (written?.type === 'AssignmentExpression' && child(written, 'left') === target) ||
      (written?.type === 'UnaryExpression' && written.operator === 'delete');
    return isWritten ? [target === each ? (memberName(each) ?? '?') : '?'] : [];
  });
}
