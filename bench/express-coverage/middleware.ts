import { PACKAGES } from '../../codemods/express-to-hono/packages/_known.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  children,
  isIdentifier,
  literalText,
  propertyKeyName,
} from '../../src/workspace/syntax/nodes.ts';
import { parseFile, type SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { isSource } from '../../src/workspace/text.ts';
import type { CoverageRun, Row } from './run.ts';
import { cell, OUTCOMES, usage } from './table.ts';

/** Middleware that Express brings itself: cases of the API reference. */
const BUILT_IN = ['express.json', 'express.urlencoded', 'express.text', 'express.raw', 'express.static'];

/** `docs/express-middleware.md`: what becomes of each middleware, from the rows of a coverage run. */
export function middlewarePage(rows: readonly Row[], runtimes: CoverageRun['runtimes']): string {
  const names = runtimes.map(({ name }) => name);
  const lines = [
    '# Middleware of Express applications',
    '',
    'Written by `npm run coverage:express`, from the same run as `express-coverage.md`; nothing here is typed by hand.',
    'Repositories: of 145 public Express applications, how many use it. Options: those that the cases pass to it, and with',
    'which the converted application answers the same. Runtimes: cases that answer the same, of those that ran.',
    '',
    '- **converted**: the parity module has a function for it. **bridged**: the package itself runs, behind a bridge to',
    "  Node's request and response. **refused**: the application stays as it is. Advice: a Hono package to move to by hand",
    '  later; it answers otherwise, so a shadow run shows what its users would notice.',
    '',
    `| middleware | repositories | cases | outcome | options | ${names.join(' | ')} | why | advice |`,
    `| --- | ---: | ---: | --- | --- | ${names.map(() => '---').join(' | ')} | --- | --- |`,
  ];
  const counts = usage();
  const isMiddleware = ({ one }: Row) => one.kind === 'package' || BUILT_IN.includes(one.subject);
  const subjects = new Map<string, Row[]>();
  for (const row of rows.filter(isMiddleware))
    subjects.set(row.one.subject, [...(subjects.get(row.one.subject) ?? []), row]);
  const uses = (name: string) => counts.package?.[name] ?? counts.member?.[name] ?? 0;
  const known = [...subjects].sort(([a], [b]) => uses(b) - uses(a) || (a < b ? -1 : 1));
  for (const [name, own] of known) {
    const outcomes = OUTCOMES.filter((outcome) => own.some((row) => row.outcome === outcome));
    const tally = outcomes.map((outcome) => {
      const count = own.filter((row) => row.outcome === outcome).length;
      return outcomes.length === 1 ? outcome : `${outcome} ${count}`;
    });
    const ran = names.map((runtime) => {
      const results = own.flatMap(({ runtimes: each }) => (runtime in each ? [each[runtime]] : []));
      const same = results.filter((result) => result === null).length;
      const not = [...new Set(own.flatMap(({ notRun }) => notRun[runtime] ?? []))].join(', ');
      return results.length === 0
        ? cell(not)
        : same === results.length
          ? 'same'
          : `same in ${same} of ${results.length}`;
    });
    const options = [...new Set(own.flatMap((row) => optionsOf(row, name)))]
      .sort()
      .map((each) => `\`${each}\``);
    const why = [...new Set(own.flatMap((row) => row.why))].join('; ');
    const cells = [uses(name) || '', own.length, tally.join(', '), options.join(' '), ...ran];
    lines.push(
      `| ${[`\`${name}\``, ...cells, cell(why), cell(PACKAGES.get(name)?.advice ?? '')].join(' | ')} |`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Names of the options that a case hands to a middleware: keys of objects in calls of what is imported from it. */
function optionsOf({ one }: Row, name: string): string[] {
  const [module = name, member = null] = name.startsWith('express.') ? name.split('.') : [name];
  const found: string[] = [];
  for (const [path, text] of one.files) {
    if (!isSource(path)) continue;
    const { program } = parseFile(path, text);
    const locals = localsOf(program, module);
    for (const call of findAll(program, 'CallExpression')) {
      const callee = calleeOf(call);
      if (callee === null || !locals.has(rootOf(callee))) continue;
      if (member !== null && !text.slice(callee.start, callee.end).endsWith(`.${member}`)) continue;
      for (const argument of argumentsOf(call)) {
        if (argument.type !== 'ObjectExpression') continue;
        for (const property of children(argument, 'properties')) {
          const key = propertyKeyName(property);
          if (key !== null) found.push(key);
        }
      }
    }
  }
  return found;
}

/** Names that a file gives to what it imports from a module. */
function localsOf(program: SyntaxNode, module: string): Set<string> {
  const names = new Set<string>();
  for (const node of findAll(program, 'VariableDeclarator', 'ImportDeclaration')) {
    const source = child(node, 'source') ?? argumentsOf(child(node, 'init') ?? node)[0];
    if (source === undefined || literalText(source) !== module) continue;
    const locals =
      node.type === 'ImportDeclaration' ? children(node, 'specifiers') : [child(node, 'id') ?? node];
    for (const local of locals) {
      for (const identifier of findAll(local, 'Identifier')) names.add(String(identifier.name));
    }
  }
  return names;
}

/** `x` for `x`, `x.y` and `x.y().z`. */
function rootOf(node: SyntaxNode): string {
  if (isIdentifier(node)) return String(node.name);
  const inner = node.type === 'CallExpression' ? calleeOf(node) : child(node, 'object');
  return inner === null ? '' : rootOf(inner);
}
