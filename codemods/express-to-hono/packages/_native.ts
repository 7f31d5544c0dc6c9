import type { CodemodInput } from '../../../src/codemod/contract.ts';
import type { ExpressProgram, Place } from '../../../src/workspace/express/program.ts';
import {
  type PackageArgument,
  packagesIn,
  packagesOf,
} from '../../../src/workspace/express/registrations.ts';
import {
  argumentsOf,
  calleeOf,
  child,
  isIdentifier,
  isMember,
  memberName,
  unwrap,
} from '../../../src/workspace/syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../../../src/workspace/syntax/parse.ts';
import { findAll } from '../../../src/workspace/syntax/walk.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import { packageRelease } from '../../shared/to-hono/package-release.ts';
import { constantOf, isSetOnce } from '../state/constants.ts';
import type { Conversion, ConversionOptions, FileWork } from '../state/conversion.ts';
import { madeAt, type Natives, nativeFor } from '../state/native.ts';
import type { Native, Use } from './_contract.ts';
import { outcomeCallback, PACKAGES } from './_known.ts';

/** Middleware of packages that is registered, and how each is looked at. */
export function packageUses(
  input: CodemodInput,
  program: ExpressProgram,
  { workOf, options: { target } }: Pick<Conversion, 'workOf' | 'options'>,
) {
  const files = program.files.map(workOf);
  const isNamed = (header: string) =>
    program.files.some((file) =>
      findAll(file.program, 'Literal').some(({ value }) => String(value).toLowerCase() === header),
    );
  const assigned = new Set(program.files.flatMap(assignedIn));
  const registered = packagesOf(program);
  const beside = new Set(registered.map((each) => each.package));
  const calledInPlace = new Set(program.inPlace.map(({ middleware }) => middleware));
  const callbackOf = (argument: PackageArgument) =>
    calledInPlace.has(argument) ? outcomeCallback(program, argument) : null;
  const useOf = async (argument: PackageArgument, call: Place): Promise<Use> => ({
    ...{ ...argument, work: workOf(call.file), files, isNamed, target, beside },
    callback: callbackOf(argument),
    release: await packageRelease(input, call.file.path, argument.package),
    isOnlyCalled: files.every((each) => calledOnly(each, argument.package)),
    isAssigned: (member) => assigned.has(member),
    times: registered.filter((each) => each.package === argument.package).length,
    written: (node) => {
      const work = workOf(call.file);
      const own = constantOf(work, node);
      const named = [own, unwrap(node)].find((each) => isIdentifier(each) || isMember(each));
      const elsewhere = named === undefined ? null : program.objectAt(named);
      return elsewhere === null
        ? { work, node: own }
        : { work: workOf(elsewhere.file), node: elsewhere.node };
    },
    args: argumentsOf(call.node).filter((each) => unwrap(each) !== callbackOf(argument)),
  });
  return { registered, useOf };
}

/** Looks at all middleware of packages before anything is converted: what both worlds need is decided once. */
export async function nativePackages(
  input: CodemodInput,
  program: ExpressProgram,
  conversion: Pick<Conversion, 'workOf' | 'options'>,
): Promise<Natives> {
  const found = new Map<SyntaxNode, Native | string>();
  const { registered, useOf } = packageUses(input, program, conversion);
  for (const argument of registered) {
    const { call, package: name, member } = argument;
    const { native, isMiddleware } = PACKAGES.get(name) ?? {};
    const made = madeAt(argument);
    const isAsked = call !== null || isMiddleware?.test(member);
    if (!isAsked || native === undefined || found.has(made.node)) continue;
    const own = registered.filter((each) => madeAt(each).node === made.node);
    const why = own.every((each) => isMadeFor(program, conversion.workOf(each.file), each, own))
      ? null
      : SHARED;
    found.set(made.node, why ?? native(await useOf(argument, made)));
  }
  for (const { name } of [...PACKAGES.values()].filter(({ isOne }) => isOne)) {
    const own = registered.filter((each) => each.package === name);
    const why = own.map((each) => nativeFor(found, each)).find((each) => typeof each === 'string');
    if (why !== undefined) for (const each of own) found.set(madeAt(each).node, why);
  }
  return found;
}

/** Whether what a call gives is registered, wherever that is, and used in no other way; true where nothing is called. */
const isMadeFor = (
  program: ExpressProgram,
  work: FileWork,
  argument: PackageArgument,
  all: readonly PackageArgument[],
): boolean =>
  argument.call === null ||
  isMadeHere(work, argument, argument.call, all) ||
  program.otherUseOf(argument.call.node) === null;

/** Whether a call is what is registered, or the value of a constant of its file that is only registered. */
function isMadeHere(
  work: FileWork,
  { file, node }: PackageArgument,
  call: Place,
  all: readonly PackageArgument[],
): boolean {
  const inner = unwrap(node);
  if (call.file !== file || inner === call.node) return inner === call.node;
  const binding = isIdentifier(inner) ? work.bindings.bindingOf(inner) : null;
  if (binding === null || !isSetOnce(binding)) return false;
  const made = child(binding.declaration, 'init');
  const statement = work.parents.get(binding.declaration);
  const isExported =
    statement !== undefined && work.parents.get(statement)?.type === 'ExportNamedDeclaration';
  return (
    made !== null &&
    unwrap(made) === call.node &&
    !isExported &&
    binding.references.every((each) => all.some((one) => unwrap(one.node) === each.node))
  );
}

/**
 * The options where a part stays in Express: what one file makes for others is named in both worlds then, and stays what it is,
 * and with it what packages share.
 */
export function withoutShared(options: ConversionOptions, program: ExpressProgram): ConversionOptions {
  const shared = packagesOf(program).flatMap(({ file, call }) =>
    call === null || call.file === file ? [] : [call.node],
  );
  const natives = new Map(options.natives);
  const own = shared.filter((node) => typeof natives.get(node) === 'object');
  for (const node of own) natives.set(node, SHARED);
  return own.length === 0 ? options : { ...options, natives, connects: undefined };
}

const SHARED = 'it is made where it may be used in another way too';

/** Names of members that a file assigns to. */
const assignedIn = (file: ParsedFile): string[] =>
  findAll(file.program, 'AssignmentExpression').flatMap((each) => memberName(child(each, 'left')) ?? []);

/** Whether a file only calls what it imports of a package: `morgan('dev')`, and not `morgan.token(…)`. */
function calledOnly(work: FileWork, name: string): boolean {
  return importsOf(work)
    .filter(({ module }) => module === name)
    .flatMap(({ bindings }) => bindings.flatMap(({ references }) => references))
    .every(({ node, type }) => {
      const up = work.parents.get(node);
      return type || (up?.type === 'CallExpression' && calleeOf(up) === node);
    });
}

/** Packages of which some middleware has become Hono's. */
export const replacedBy = ({ registrations }: ExpressProgram, natives: Natives | undefined): string[] =>
  registrations
    .flatMap(({ handlers }) => handlers.flatMap(packagesIn))
    .flatMap((each) => (typeof nativeFor(natives, each) === 'object' ? [each.package] : []));
