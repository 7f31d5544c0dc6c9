import type { CodemodInput } from '../../src/codemod/contract.ts';
import type { ExpressProgram } from '../../src/workspace/express/program.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import { argumentsOf, calleeOf, child, isIdentifier, literalText } from '../../src/workspace/syntax/nodes.ts';
import type { ParsedFile } from '../../src/workspace/syntax/parse.ts';
import { findAll } from '../../src/workspace/syntax/walk.ts';
import { nearestManifest } from '../shared/edit/manifest.ts';

/**
 * The program with those files that do not parse which may be a part of it: they are of its package, and something
 * imports them, they name something of it, or it loads modules that are not named. A template of a generator is none.
 *
 * @param modules of the whole repository
 */
export async function withOwnFailures(
  input: CodemodInput,
  modules: Modules,
  program: ExpressProgram,
): Promise<ExpressProgram> {
  const apps = program.routers.filter(({ kind }) => kind === 'app');
  const manifests = new Set(await Promise.all(apps.map(({ file }) => nearestManifest(input, file.path))));
  const files = new Set(program.files.map(({ path }) => path));
  const isOpen = program.files.some(loadsUnnamed);
  const failed: ExpressProgram['failed'][number][] = [];
  for (const each of program.failed) {
    const { path } = each;
    const isNamed =
      modules.importersOf(path).length > 0 || modules.importsOf(path).some((named) => files.has(named));
    if ((isOpen || isNamed) && manifests.has(await nearestManifest(input, path))) failed.push(each);
  }
  return { ...program, failed };
}

/** `require(name)`, `import(name)`: any file may be meant. */
function loadsUnnamed({ program }: ParsedFile): boolean {
  const isOpen = (specifier: Parameters<typeof literalText>[0] | undefined) =>
    specifier === undefined || specifier === null || literalText(specifier) === null;
  return (
    findAll(program, 'ImportExpression').some((each) => isOpen(child(each, 'source'))) ||
    findAll(program, 'CallExpression').some(
      (each) => isIdentifier(calleeOf(each), 'require') && isOpen(argumentsOf(each)[0]),
    )
  );
}
