import {
  argumentsOf,
  calleeOf,
  child,
  isFunction,
  isMember,
  literalText,
  memberName,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { parityName } from '../edit/imports.ts';
import { appsOf } from '../facts/routes/sub-apps.ts';
import { type Conversion, type FileWork, remark, replace, spanOf, type Unit } from '../state/conversion.ts';

/** Settings that the converted application has by itself. */
export const OWN_SETTINGS = new Set(['x-powered-by', 'case sensitive routing', 'strict routing']);

/** Settings that change what converted handlers answer: they need a rule of their own. */
export const FOR_ALL = /^(json |jsonp |etag$|trust proxy$|query parser|subdomain|view$|env$)/;

/** The member that is called: `app.set` of `app.set('views', …)`. */
export const calledMember = (call: SyntaxNode): SyntaxNode | null => {
  const callee = calleeOf(call);
  return isMember(callee) ? callee : null;
};

/**
 * `app.locals`, `app.set('views', …)`, `app.engine(…)`: what an application keeps besides its routes. It goes to the
 * parity module.
 *
 * @param member `app.locals`, `req.app.get`: a member whose object is the application
 * @returns whether there is a rule for it
 */
export function useAppState(conversion: Conversion, work: FileWork, member: SyntaxNode | null): boolean {
  if (member === null || conversion.worlds !== null || appsOf(conversion).length > 1) return false;
  const up = work.parents.get(member);
  const call = up?.type === 'CallExpression' && calleeOf(up) === member ? up : null;
  const parts = call === null ? readData(conversion, work, member) : readCall(conversion, work, call, member);
  if (parts === null) return false;
  remarkShared(conversion, work, member);
  const target = 'name' in parts ? member : (call ?? member);
  replace(conversion, work, target, 'name' in parts ? [parts.name] : parts.value, 'settings/state');
  return true;
}

const SHARED =
  'This application is made in a function. What it keeps for its views is in one place now: applications that the same process makes there share it';

/** The parity module keeps one state, which is another thing where a function may make several applications. */
function remarkShared(conversion: Conversion, work: FileWork, member: SyntaxNode): void {
  const app = conversion.program.routers.find(({ kind }) => kind === 'app');
  if (app === undefined || !/^(locals|engine)$/.test(memberName(member) ?? '')) return;
  const { parents } = conversion.workOf(app.file);
  let up = parents.get(app.creation);
  while (up !== undefined && !isFunction(up)) up = parents.get(up);
  if (up === undefined || conversion.remarks.some(({ reason }) => reason === SHARED)) return;
  remark(conversion, work, member, 'settings/state', SHARED);
}

/** Another name for the callee or member, or an expression for the whole call. */
type Rewritten = { name: string } | { value: Part[] };

function readData(conversion: Conversion, work: FileWork, member: SyntaxNode): Rewritten | null {
  const name = memberName(member);
  if (name === 'locals' && !isReplaced(work, member))
    return { name: parityName(conversion, work, 'appLocals') };
  return null;
}

/** `app.locals = {}`: the views would still read the old ones. */
const isReplaced = (work: FileWork, member: SyntaxNode): boolean => {
  const up = work.parents.get(member);
  return up?.type === 'AssignmentExpression' && child(up, 'left') === member;
};

function readCall(
  conversion: Conversion,
  work: FileWork,
  call: SyntaxNode,
  member: SyntaxNode,
): Rewritten | null {
  const args = argumentsOf(call);
  const [first, second] = args;
  if (first === undefined || args.some(({ type }) => type === 'SpreadElement')) return null;
  const unused = work.parents.get(call)?.type === 'ExpressionStatement';
  const name = memberName(member);
  if (name === 'engine')
    return unused && args.length === 2 ? { name: parityName(conversion, work, 'useEngine') } : null;
  if (name === 'render') return args.length > 1 ? { name: parityName(conversion, work, 'renderView') } : null;
  const setting = literalText(first);
  if (setting === null || OWN_SETTINGS.has(setting)) return null;
  if (FOR_ALL.test(setting) && !(name === 'get' && setting === 'env')) return null;
  // Nothing sets it in what is converted: see `FOR_ALL`.
  if (setting === 'env' && args.length === 1 && conversion.idiomatic !== null)
    return { value: [`(process.env.NODE_ENV || ${work.layout.string('development')})`] };
  const state = () =>
    `${parityName(conversion, work, 'appSettings')}${
      /^[A-Za-z_$][\w$]*$/.test(setting) ? `.${setting}` : `[${work.layout.string(setting)}]`
    }`;
  if (name === 'get') return args.length === 1 ? { value: [state()] } : null;
  if (!unused) return null;
  if (name === 'set' && second !== undefined && args.length === 2)
    return { value: [`${state()} = `, spanOf(second)] };
  if ((name === 'enable' || name === 'disable') && args.length === 1)
    return { value: [`${state()} = ${name === 'enable'}`] };
  return null;
}

/** `req.app.get('title')`, `res.app.locals`: the same application from within a handler, Express's where that stays. */
export function useAppOfRequest(conversion: Conversion, { work, context }: Unit, app: SyntaxNode): boolean {
  if (conversion.worlds !== null) {
    if (appsOf(conversion).length > 1) return false;
    replace(
      conversion,
      work,
      app,
      [`${parityName(conversion, work, 'expressOf')}(${context})`],
      'settings/state',
    );
    return true;
  }
  const member = work.parents.get(app);
  return isMember(member) && child(member, 'object') === app && useAppState(conversion, work, member);
}
