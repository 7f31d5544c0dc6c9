import type { ExternalValue } from '../../../src/workspace/syntax/flow/values.ts';
import { argumentsOf, unwrap } from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { type Conversion, ID, refuse } from '../state/conversion.ts';
import { BRIDGED, type Bridged } from './bridged.ts';
import type { PackageRule } from './contract.ts';
import cors from './cors.ts';
import koaBody from './koa-body.ts';
import bodyparser, { koaBodyparser } from './koa-bodyparser.ts';
import helmet from './koa-helmet.ts';
import json from './koa-json.ts';
import logger from './koa-logger.ts';
import responseTime from './koa-response-time.ts';
import files from './koa-static.ts';

const RULES: ReadonlyMap<string, PackageRule> = new Map(
  [bodyparser, koaBodyparser, koaBody, ...cors, helmet, json, logger, responseTime, files].map((rule) => [
    rule.name,
    rule,
  ]),
);

/** A package that the user trusts may read what handlers answer. */
const TRUSTED: Bridged = { readsBody: true };

/** Packages that go with Koa once nothing names them. */
export const KNOWN_PACKAGES: readonly string[] = [...RULES.keys(), 'helmet'];

/** Packages whose releases answer otherwise. */
export const VERSIONED: readonly string[] = ['@koa/cors', 'koa-helmet', 'helmet', 'koa-body'];

export const ruleOf = (name: string): PackageRule | undefined => RULES.get(name);

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
  if (rule !== undefined && made !== undefined && value.calls.length === 1) {
    const work = cv.editing.workOf(made.file);
    const member = value.path.filter((step) => step !== '()' && step !== 'default').join('.');
    const args = argumentsOf(made.node).map(unwrap);
    const parts = rule.native({ cv, work, file: made.file, call: made.node, args, member, value });
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
