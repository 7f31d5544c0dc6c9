import semver from 'semver';
import type { ExternalCall } from '../../../src/workspace/syntax/flow/flow.ts';
import type { Value } from '../../../src/workspace/syntax/flow/values.ts';
import {
  argumentsOf,
  child,
  children,
  isFunction,
  literalText,
  parametersOf,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import type { Part } from '../../shared/edit/draft.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { spanOf } from '../../shared/edit/work.ts';
import type { Conversion, Lent } from '../state/conversion.ts';
import { leaveOut, want } from '../state/conversion.ts';
import type { PackageRule, PackageUse } from './contract.ts';

const NAME = 'koa-passport';

/** Strategies that ask a request for its headers, body, query and session alone. */
const STRATEGIES = new Set(['passport-local', 'passport-jwt', 'passport-http-bearer', 'passport-http']);

/** What stays passport's own: the package is passport with other middleware. */
function native(use: PackageUse): readonly Part[] | string {
  const { cv, work, call, member } = use;
  const release = cv.releases.get(NAME) ?? null;
  if (release === null || semver.lt(release, '4.0.0') || semver.gte(release, '7.0.0'))
    return `what it does in ${release ?? 'no known release'} was not compared`;
  if (!/^(?:initialize|session|authenticate)$/.test(member)) return `\`${member}\` was not compared`;
  for (const each of cv.flow.externalCalls) {
    const reason = each.callee.kind === 'external' && each.callee.module === NAME ? unfit(cv, each) : null;
    if (reason !== null) return reason;
  }
  cv.dependencies.set('passport', semver.lt(release, '5.0.0') ? '^0.4.1' : '^0.7.0');
  renameImports(cv);
  if (member === 'authenticate') leaveOut(cv, work.file, call, 'redirect-body');
  return [`${want(cv, work, 'support', 'byPassport')}(`, spanOf(call), ')'];
}

/** Why a call of the package cannot be passport's own; null where it can. */
function unfit(cv: Conversion, { callee, node }: ExternalCall): string | null {
  if (callee.kind !== 'external') return null;
  const path = callee.path.filter((step) => step !== 'default');
  const [member = ''] = path;
  const args = argumentsOf(node).map(unwrap);
  if (path.length !== 1) return `\`${path.join('.')}\` was not compared`;
  switch (member) {
    case 'initialize':
    case 'session':
      return args.length === 0 ? null : `options of \`${member}\` were not compared`;
    case 'serializeUser':
    case 'deserializeUser':
      return isFunction(args[0]) && parametersOf(args[0]).length <= 2
        ? null
        : `what \`${member}\` calls gets the request, or could not be followed`;
    case 'use':
      return isStrategy(cv, args.at(-1)) ? null : 'a strategy gets the request, or was not compared';
    case 'authenticate':
      return isGuard(args) ? null : 'it is called with a function, or its options are not written out there';
    default:
      return `\`${member}\` was not compared`;
  }
}

/** `new LocalStrategy(options, verify)`, of which nothing is handed the request. */
function isStrategy({ flow }: Conversion, node: SyntaxNode | undefined): boolean {
  if (node?.type !== 'NewExpression') return false;
  const values = flow.valuesOf(node);
  return (
    values.length > 0 &&
    values.every((each) => each.kind === 'external' && STRATEGIES.has(each.module)) &&
    argumentsOf(node)
      .map(unwrap)
      .every((each) => isQuiet(flow, each))
  );
}

/** A function that is told who logs in, or options of which no function is asked for a part of the request. */
function isQuiet(flow: Conversion['flow'], node: SyntaxNode): boolean {
  if (isFunction(node)) return true;
  if (node.type === 'ObjectExpression')
    return children(node, 'properties').every((property) => {
      const name = property.type === 'Property' ? propertyKeyName(property) : null;
      const value = child(property, 'value');
      return name !== null && value !== null && isOption(name, flow.valuesOf(unwrap(value)));
    });
  const values = flow.valuesOf(node);
  return (
    values.length > 0 &&
    values.every(
      (each) =>
        each.kind === 'function' ||
        (each.kind === 'object' &&
          [...each.members].every(([name, cell]) => name !== '*' && isOption(name, [...cell.values]))),
    )
  );
}

/** Where a token stands, as `passport-jwt` itself reads it; a function of the program's may ask for what is not there. */
const isReader = (value: Value): boolean =>
  value.kind === 'external' && value.module === 'passport-jwt' && !value.path.includes('fromExtractors');

const isOption = (name: string, values: readonly Value[]): boolean =>
  name !== 'passReqToCallback' &&
  values.every(({ kind }) => kind !== 'function') &&
  (name !== 'jwtFromRequest' || (values.length > 0 && values.every(isReader)));

const OPTIONS = /^(?:session|successRedirect|failureRedirect|failWithError)$/;

/** `authenticate('local', { failureRedirect: '/login' })`. */
function isGuard([name, options, ...more]: readonly SyntaxNode[]): boolean {
  if (literalText(name) === null || more.length > 0) return false;
  if (options === undefined) return true;
  return (
    options.type === 'ObjectExpression' &&
    children(options, 'properties').every(
      (each) =>
        each.type === 'Property' &&
        OPTIONS.test(propertyKeyName(each) ?? '') &&
        child(each, 'value') !== null,
    )
  );
}

/** Every file that loads it loads passport itself. */
function renameImports(cv: Conversion) {
  for (const file of cv.flow.files.values()) {
    const work = cv.editing.workOf(file);
    for (const { module, statement, declarator } of importsOf(work)) {
      if (module !== NAME) continue;
      const init = statement === declarator ? child(statement, 'source') : child(declarator, 'init');
      const source = init?.type === 'CallExpression' ? argumentsOf(init)[0] : init;
      if (
        source !== null &&
        source !== undefined &&
        literalText(source) === NAME &&
        !work.draft.replaces(source)
      )
        work.draft.replace(source, [work.layout.string('passport')], 'packages/koa-passport');
    }
  }
}

const calls = (support: string): Lent => ({ support, is: 'calls' });

const rule: PackageRule = {
  name: NAME,
  lends: {
    'ctx.isAuthenticated': calls('isAuthenticated'),
    'own.isUnauthenticated': calls('isUnauthenticated'),
    'ctx.login': calls('login'),
    'ctx.logIn': calls('login'),
    'ctx.logout': calls('logout'),
    'ctx.logOut': calls('logout'),
  },
  native,
};
export default rule;
