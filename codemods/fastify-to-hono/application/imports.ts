import { calleeOf, children, isIdentifier } from '../../../src/workspace/syntax/nodes.ts';
import type { SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { atEnd, range } from '../../shared/edit/draft.ts';
import { deleteStatement } from '../../shared/edit/emit.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { relativeSpecifier, usesModules } from '../../shared/edit/specifiers.ts';
import type { FileWork } from '../../shared/edit/work.ts';
import { isRuled } from '../packages/index.ts';
import { type Conversion, problem } from '../state.ts';

/** Takes the import of Fastify away where nothing of it is used any more. */
export function removeImports(conversion: Conversion, work: FileWork) {
  for (const { module, statement, bindings } of importsOf(work)) {
    const isOther = module !== 'fastify';
    if (
      !isRuled(module) &&
      !/^(?:fastify|@fastify\/type-provider-[\w-]+|fastify-type-provider-zod)$/.test(module)
    )
      continue;
    const isGone = (node: SyntaxNode) => !work.draft.keeps(node);
    if (bindings.every(({ references }) => references.every(({ node }) => isGone(node))))
      deleteStatement(conversion, work, statement, 'imports');
    else if (!isOther)
      for (const { references } of bindings)
        for (const { node } of references)
          if (!isGone(node))
            problem(
              conversion,
              work.file,
              node,
              'fastify',
              `\`${String(node.name)}\` of Fastify is used in a way that is not followed`,
            );
  }
}

/** Writes the imports that the file needs now, behind those it has. */
export function addImports(conversion: Conversion, work: FileWork, folder: string, typescript: boolean) {
  const lines = [...work.wanted].map(([module, names]) => {
    const target = module.startsWith('parity/')
      ? relativeSpecifier(
          conversion,
          work,
          `${folder}/${module.slice('parity/'.length)}${typescript ? '.ts' : '.js'}`,
        )
      : module;
    return importLine(work, names, target);
  });
  if (lines.length === 0) return;
  const statements = children(work.file.program, 'body');
  const { newline } = work.layout;
  const text = lines.sort().join(newline);
  const imports = importsOf(work).map(({ statement }) => statement);
  const stands = (each: SyntaxNode) => work.draft.keeps(range(each, each.end - 1, each.end));
  const last = usesModules(work) ? imports.findLast(stands) : undefined;
  if (last !== undefined) return work.draft.insert(atEnd(last), newline + text, 'imports');
  // In CommonJS before all others: what stands there may call what is imported.
  const first = statements.find((each) => typeof each.directive !== 'string' || each.directive === '');
  const isLoading =
    first !== undefined &&
    findAll(first, 'CallExpression').some((call) => isIdentifier(calleeOf(call), 'require'));
  const start = first === undefined ? work.file.text.length : work.layout.lineStart(first.start);
  const place = range(work.file.program, start, start);
  work.draft.lead(place, text + newline + (isLoading || imports.length > 0 ? '' : newline), 'imports');
}

function importLine(
  work: FileWork,
  names: ReadonlyMap<string, { local: string; type: boolean }>,
  target: string,
): string {
  const { semicolon } = work.layout;
  const from = work.layout.string(target);
  const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  if (!usesModules(work)) {
    const list = sorted.map(([name, { local }]) => (name === local ? name : `${name}: ${local}`));
    return `const { ${list.join(', ')} } = require(${from})${semicolon}`;
  }
  const types = sorted.every(([, { type }]) => type);
  const list = sorted.map(
    ([name, { local, type }]) =>
      `${type && !types ? 'type ' : ''}${name === local ? name : `${name} as ${local}`}`,
  );
  return `import ${types ? 'type ' : ''}{ ${list.join(', ')} } from ${from}${semicolon}`;
}
