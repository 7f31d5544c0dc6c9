import type { Modules } from '../../../src/workspace/syntax/modules.ts';
import {
  child,
  children,
  isIdentifier,
  isMember,
  literalText,
  memberName,
  propertyKeyName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { atEnd, atStart } from '../../shared/edit/draft.ts';
import { type Conversion, type FileWork, replace, spanOf } from '../state/conversion.ts';
import { parityName } from './imports.ts';

const RULE = 'entry/default-export';
const SERVED_ONCE = 'Bun serves what its entry exports by default, unless that can be stopped.';

/**
 * Gives what an entry exports by default a `stop`, where the application is in it and listens: Bun would serve it a second
 * time. To be called before the applications themselves are rewritten, which then stand inside.
 */
export function keepServedOnce(conversion: Conversion, modules: Modules): void {
  if (conversion.options.target === 'workers') return;
  const listening = new Set(
    conversion.program.appCalls
      .filter(({ member }) => /^(listen|createServer|createSecureServer|request)$/.test(member))
      .map(({ file }) => file.path),
  );
  const holders = new Set(
    conversion.program.routers
      .filter(({ kind }) => kind === 'app')
      .flatMap(({ creation, references }) => [creation, ...references.map(({ node }) => node)]),
  );
  for (const file of conversion.program.files) {
    if (!reaches(modules, file.path, listening)) continue;
    const work = conversion.workOf(file);
    const exported = defaultExport(work, holders);
    if (exported === null) continue;
    const { newline, semicolon } = work.layout;
    if (conversion.idiomatic !== null && 'app' in exported && exported.app !== null) {
      const [why, stop] = [`// ${SERVED_ONCE}`, `Object.assign(${exported.app}, { stop() {} })${semicolon}`];
      work.draft.insert(
        atEnd(statementOf(work, exported.value)),
        [why, stop].map((each) => newline + each).join(''),
        RULE,
      );
      continue;
    }
    const name = parityName(conversion, work, 'listensItself');
    if ('value' in exported)
      replace(conversion, work, exported.value, [`${name}(`, spanOf(exported.value), ')'], RULE);
    else if (exported.after)
      work.draft.insert(atEnd(exported.statement), `${newline}${name}(${exported.text})${semicolon}`, RULE);
    else
      work.draft.insert(atStart(exported.statement), `${name}(${exported.text})${semicolon}${newline}`, RULE);
  }
}

/** Whether a file, or one that is loaded with it, opens a port. */
function reaches(modules: Modules, path: string, listening: ReadonlySet<string>): boolean {
  const seen = new Set([path]);
  for (const at of seen) {
    if (listening.has(at)) return true;
    for (const next of modules.importsOf(at)) seen.add(next);
  }
  return false;
}

/**
 * The expression to put the call around, with what the application can be called after it if it is that alone; or a statement
 * to put a call of it before or after.
 */
type Exported =
  | { value: SyntaxNode; app: string | null }
  | { statement: SyntaxNode; text: string; after: boolean };

/** The statement of a file that an expression is in. */
const statementOf = ({ file }: FileWork, { start }: SyntaxNode): SyntaxNode =>
  children(file.program, 'body').find((each) => each.start <= start && start < each.end) ?? file.program;

/** What a file exports by default, when that is an application or an object with one as `app`. */
function defaultExport(work: FileWork, holders: ReadonlySet<SyntaxNode>): Exported | null {
  const holdsApp = (node: SyntaxNode | null): node is SyntaxNode => {
    if (node === null) return false;
    const inner = unwrap(node);
    if (holders.has(inner)) return true;
    return (
      inner.type === 'ObjectExpression' &&
      children(inner, 'properties').some((property) => {
        const value = child(property, 'value');
        return propertyKeyName(property) === 'app' && value !== null && holders.has(unwrap(value));
      })
    );
  };
  const { program } = work.file;
  for (const statement of children(program, 'body')) {
    const given = /^(ExportDefaultDeclaration|TSExportAssignment)$/.test(statement.type)
      ? (child(statement, 'declaration') ?? child(statement, 'expression'))
      : null;
    if (holdsApp(given)) {
      const value = unwrap(given);
      return { value, app: isIdentifier(value) ? String(value.name) : null };
    }
    for (const specifier of children(statement, 'specifiers')) {
      const local = child(specifier, 'local');
      const name = child(specifier, 'exported');
      const isDefault = isIdentifier(name, 'default') || literalText(name) === 'default';
      if (isDefault && isIdentifier(local) && isApp(work, local, holders))
        return { statement, text: local.name as string, after: false };
    }
  }
  const written = findAll(program, 'AssignmentExpression').filter((each) => holdsApp(child(each, 'right')));
  const targets = written.map((each) => ({ each, target: exportName(work, child(each, 'left')) }));
  const whole = targets.find(({ target }) => target === '' || target === 'default');
  const right = whole === undefined ? null : child(whole.each, 'right');
  if (right !== null) {
    const isApp = holders.has(unwrap(right)) && whole?.target === '';
    return { value: unwrap(right), app: isApp ? 'module.exports' : null };
  }
  const member = targets.find(({ target }) => target === 'app');
  const last = children(program, 'body').at(-1);
  return member === undefined || last === undefined
    ? null
    : { statement: last, text: 'module.exports', after: true };
}

/** Whether the name that a specifier exports stands for an application. */
function isApp(work: FileWork, local: SyntaxNode, holders: ReadonlySet<SyntaxNode>): boolean {
  const binding = work.bindings.bindingOf(local);
  return holders.has(local) || (binding !== null && holders.has(binding.node));
}

/** `''` for `module.exports`, the member for `exports.x` and `module.exports.x`; null for everything else. */
function exportName(work: FileWork, target: SyntaxNode | null): string | null {
  if (!isMember(target)) return null;
  const object = child(target, 'object');
  const isFree = (node: SyntaxNode | null, name: string) =>
    isIdentifier(node, name) && work.bindings.bindingOf(node) === null;
  if (isFree(object, 'module') && memberName(target) === 'exports') return '';
  return isFree(object, 'exports') || exportName(work, object) === '' ? memberName(target) : null;
}
