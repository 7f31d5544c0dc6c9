import type { ASTPath } from 'jscodeshift';
import { keptWhole } from '../shared/transform/declare.ts';
import { type Loading, loadingsOf, OTHER_WORDS, type OtherLoading } from '../shared/transform/loadings.ts';
import type { WholeRun } from '../shared/transform/ordinary.ts';
import { removeLoading } from '../shared/transform/remove.ts';
import { type Use, usesOf } from '../shared/transform/uses.ts';
import type { Work } from '../shared/transform/work.ts';
import { NEEDS, startedBy, startsIn } from './starts.ts';

const isOurs = (module: string): boolean => module === 'dotenv' || module === 'dotenv/config';

const WITH_OPTIONS = 'it is told otherwise than to read `.env` (path, override, encoding, …)';
const ON_CONDITION = '`.env` is read on a condition, or later than at the start';

/** A statement that reads `.env` and can go; else why it stays. */
type Found = { statement: object } | string;

function change(work: Work): void {
  const { loadings, others } = loadingsOf(work, isOurs);
  const found: { node: object; what: Found }[] = others.map((other) => ({
    node: other.specifier,
    what: statementOf(other),
  }));
  for (const loading of loadings) {
    const uses = usesOf(work, loading);
    if (uses.length === 0)
      found.push({ node: loading.specifier, what: 'nothing uses what is loaded of dotenv' });
    for (const use of uses) found.push({ node: use.node, what: configOf(use) });
  }
  if (found.length === 0) return;
  const [first] = found;
  const kept = keptWhole(work, 'dotenv', { node: NEEDS, feature: '`--env-file-if-exists`', browser: true });
  const problem = kept?.reason ?? startedBy(work);
  if (problem !== null) {
    if (first) work.leave(first.node, kept?.rule ?? 'start', problem, kept?.advice);
    return;
  }
  for (const { node, what } of found) {
    if (typeof what === 'string') work.leave(node, what === OTHER_WORDS.comments ? 'comments' : 'use', what);
  }
  if (found.every(({ what }) => typeof what !== 'string')) remove(work, loadings, found);
}

function remove(
  work: Work,
  loadings: readonly Loading[],
  found: readonly { node: object; what: Found }[],
): void {
  for (const loading of loadings) {
    const problem = removeLoading(work, loading);
    if (problem === null) continue;
    work.edits.length = 0;
    work.leave(loading.specifier, 'use', problem);
    return;
  }
  for (const { node, what } of found) {
    if (typeof what === 'string') continue;
    work.remove(what.statement, 'config');
    work.done(node, 'dotenv');
  }
}

/** `import 'dotenv/config'`, `require('dotenv/config')`, `require('dotenv').config()`. */
function statementOf({ kind, specifier, node, path }: OtherLoading): Found {
  const isConfig = specifier.value === 'dotenv/config';
  if (kind === 'bare') return isConfig ? { statement: node } : 'it is loaded, and nothing of it is called';
  if (kind === 'comments') return OTHER_WORDS.comments;
  if (kind !== 'call') return `\`${specifier.value}\` stays: ${OTHER_WORDS[kind]}`;
  if (isConfig) return atStart(path);
  const member = path.parent as ASTPath;
  const call = member.parent as ASTPath;
  const isCall =
    member.node.type === 'MemberExpression' &&
    member.node.property.type === 'Identifier' &&
    member.node.property.name === 'config' &&
    call.node.type === 'CallExpression' &&
    call.node.callee === member.node;
  if (!isCall || call.node.type !== 'CallExpression') return 'more of dotenv is used than `config()`';
  return call.node.arguments.length > 0 ? WITH_OPTIONS : atStart(call);
}

function configOf({ from, members, call }: Use & { from: string }): Found {
  const path = [from, ...members].filter((each) => each !== '*' && each !== 'default').join('.');
  if (path !== 'config' || call === null) return 'more of dotenv is used than `config()`';
  return call.node.arguments.length > 0 ? WITH_OPTIONS : atStart(call);
}

/** A statement of the file itself, whose value nothing reads. */
function atStart(path: ASTPath): Found {
  const statement = path.parent as ASTPath;
  if (statement.node.type !== 'ExpressionStatement') return 'what it gives back is read';
  return (statement.parent as ASTPath).node.type === 'Program' ? { statement: statement.node } : ON_CONDITION;
}

const whole: WholeRun = { change, about: isOurs, packages: ['dotenv'], prepare: startsIn };

export default whole;
