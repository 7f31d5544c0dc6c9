import { dirname, join } from 'node:path';
import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { ExpressProgram } from '../../../src/workspace/express/program.ts';
import { type PackageArgument, packagesOf } from '../../../src/workspace/express/registrations.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { noteRead, providedBy } from '../packages/_known.ts';
import type { Conversion } from '../state/conversion.ts';
import type { PackageReads } from './contract.ts';
import { readMiddleware } from './follow.ts';
import { givenToPackage } from './options.ts';
import { type PackageModules, packageModules } from './package-modules.ts';
import { ruleOfReads } from './rule.ts';

const read = new WeakMap<CodemodInput, Map<string, PackageReads | string>>();
const opened = new WeakMap<CodemodInput, PackageModules>();

/** Reads the installed code of packages of which middleware is registered and nothing is known. */
export function readUnknown(
  input: CodemodInput,
  program: ExpressProgram,
  { workOf, version }: Pick<Conversion, 'workOf' | 'version'>,
  isKnown: (argument: PackageArgument) => boolean,
): void {
  const works = program.files.map(workOf);
  const parses = program.files.some((file) =>
    findAll(file.program, 'Literal').some(({ value }) => value === 'query parser'),
  );
  const registered = packagesOf(program);
  const handling = new Set(program.inPlace.map(({ node }) => node));
  for (const argument of registered) {
    if (argument.package === 'express' || isKnown(argument)) continue;
    const reads = readsOf(input, argument);
    const rule =
      typeof reads === 'string'
        ? reads
        : ruleOfReads({
            ...{ name: argument.package, reads, given: givenToPackage(works, argument.package, handling) },
            hasNestedQuery: version === 4 && !parses,
            isProvided: (member) =>
              registered.some(
                (each) => each.package !== argument.package && providedBy(each).includes(member),
              ),
          });
    noteRead(argument.node, rule);
  }
}

/** What the code of a package does, looked at once for each way to reach its middleware. */
function readsOf(input: CodemodInput, { file, package: name, path }: PackageArgument): PackageReads | string {
  const modules = opened.get(input) ?? packageModules(input.root);
  opened.set(input, modules);
  const known = read.get(input) ?? new Map<string, PackageReads | string>();
  read.set(input, known);
  const how = file.moduleSyntax ? 'import' : 'require';
  const key = [dirname(file.path), how, name, ...path].join('\0');
  const found =
    known.get(key) ??
    readMiddleware(modules, { from: join(input.root, file.path), specifier: name, how, path });
  known.set(key, found);
  return found;
}
