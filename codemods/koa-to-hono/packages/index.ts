import type { Flow } from '../../../src/workspace/syntax/flow/flow.ts';
import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Conversion, ID, type Lent, refuse } from '../state/conversion.ts';
import { BRIDGED, type Bridged } from './bridged.ts';
import type { PackageRule } from './contract.ts';
import cors from './cors.ts';
import koaBody from './koa-body.ts';
import bodyparser, { koaBodyparser, koaBodyparserTs } from './koa-bodyparser.ts';
import helmet from './koa-helmet.ts';
import json from './koa-json.ts';
import logger from './koa-logger.ts';
import onerror from './koa-onerror.ts';
import passport from './koa-passport.ts';
import respond from './koa-respond.ts';
import responseTime from './koa-response-time.ts';
import session from './koa-session.ts';
import files from './koa-static.ts';
import views from './koa-views.ts';
import { takeOut } from './take-out.ts';

const RULES: ReadonlyMap<string, PackageRule> = new Map(
  [
    ...[
      bodyparser,
      koaBodyparser,
      koaBodyparserTs,
      koaBody,
      ...cors,
      helmet,
      json,
      logger,
      responseTime,
      files,
    ],
    ...[respond, session, views, onerror, passport],
  ].map((rule) => [rule.name, rule]),
);

/** A package that the user trusts may read what handlers answer. */
const TRUSTED: Bridged = { readsBody: true };

/** Packages that go with Koa once nothing names them. */
export const KNOWN_PACKAGES: readonly string[] = [...RULES.keys(), 'helmet'];

/** Packages whose releases answer otherwise. */
export const VERSIONED: readonly string[] = [
  '@koa/cors',
  'koa-helmet',
  'helmet',
  'koa-body',
  'koa-session',
  'koa-views',
  'koa-onerror',
  'koa-passport',
];

export const ruleOf = (name: string): PackageRule | undefined => RULES.get(name);

/** The members that packages of a program put on Koa's context, by name. */
export function lentMembers(flow: Flow): Map<string, Lent> {
  const found = new Map<string, Lent>();
  for (const { callee } of flow.externalCalls)
    if (callee.kind === 'external')
      for (const [name, lent] of Object.entries(RULES.get(callee.module)?.lends ?? {})) found.set(name, lent);
  return found;
}

/** Puts what a package's middleware becomes in its place, or says that it runs inside Hono, or why it has no rule. */
export function packageRule(
  cv: Conversion,
  file: ParsedFile,
  node: SyntaxNode,
  value: ExternalValue,
): 'in-koa' | undefined {
  const rule = RULES.get(value.module);
  const trusted = cv.trusted.has(value.module) ? TRUSTED : undefined;
  const bridged = BRIDGED[value.module] ?? trusted;
  const made = value.calls.at(-1);
  if (rule?.lends !== undefined && !cv.alone && bridged === undefined) {
    const reason = 'it is Hono’s only where nothing of Koa’s is left beside it';
    refuse(cv, file, node, `packages/${rule.name}`, `\`${rule.name}\`: ${reason}`);
    return undefined;
  }
  if (rule === undefined && bridged === undefined) {
    refuse(
      cv,
      file,
      node,
      'packages/unknown',
      `what \`${value.module}\` does was not compared: \`--trust ${value.module}\` runs it inside Hono as it is`,
    );
    return undefined;
  }
  const isApart = rule?.lends !== undefined && !cv.alone;
  if (rule !== undefined && made !== undefined && value.calls.length === 1 && !isApart) {
    const work = cv.editing.workOf(made.file);
    const member = value.path.filter((step) => step !== '()' && step !== 'default').join('.');
    const args = argumentsOf(made.node).map(unwrap);
    const parts = rule.native({ cv, work, file: made.file, call: made.node, args, member, value });
    if (parts === null) {
      takeOut(cv, work, node, `packages/${rule.name}`);
      return undefined;
    }
    if (typeof parts !== 'string') {
      if (!work.draft.replaces(made.node)) work.draft.replace(made.node, parts, `packages/${rule.name}`);
      return undefined;
    }
    if (bridged === undefined) {
      refuse(cv, made.file, made.node, `packages/${rule.name}`, `\`${rule.name}\`: ${parts}`);
      return undefined;
    }
  }
  if (cv.target === 'workers') {
    const reason = `\`${value.module}\` runs inside Hono as it is, which was not compared on Workers`;
    refuse(cv, file, node, 'packages/workers', reason);
    return undefined;
  }
  if (bridged === TRUSTED) {
    const reason = `what \`${value.module}\` does was not compared; it runs inside Hono as it is`;
    cv.left.push({ ...file.locate(node.start), codemod: ID, rule: 'packages/trusted', reason });
  }
  if (bridged?.readsBody) cv.readsBody ??= `\`${value.module}\` reads what handlers answer`;
  return 'in-koa';
}
