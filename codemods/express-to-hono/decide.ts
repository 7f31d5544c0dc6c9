import type { CodemodInput } from '../../src/codemod/contract.ts';
import { at } from '../../src/model/at.ts';
import type { ExpressProgram } from '../../src/workspace/express/program.ts';
import type { Modules } from '../../src/workspace/syntax/modules.ts';
import type { SyntaxNode } from '../../src/workspace/syntax/parse.ts';
import { refuseAttachedServers } from './application/attached-servers.ts';
import { convertAppCalls, convertCreations } from './application/entry.ts';
import { refuseLeftImports } from './application/left-imports.ts';
import { refuseAppMembers, refuseLostThis } from './application/leftovers.ts';
import { type Places, placesOf } from './application/places.ts';
import { removeImports } from './application/remove-imports.ts';
import { readSettings } from './application/settings.ts';
import { checkSettings } from './application/several-apps.ts';
import { writeLateTrust } from './application/trust-proxy.ts';
import { declareNames } from './application/undeclared.ts';
import { dropUnusedWrappers } from './application/unused-wrappers.ts';
import { refuseComputedModules } from './application/workers.ts';
import { convertUnits, prepare } from './body/convert-functions.ts';
import { bodyRules } from './bridge/body-rules.ts';
import { collectBridged } from './bridge/bridged-packages.ts';
import { packageOptions } from './bridge/connected-packages.ts';
import { readFromExpress, writeInPlace } from './bridge/in-express.ts';
import { keepServedOnce } from './edit/default-exports.ts';
import { keepAfterAnswer } from './facts/after-answer.ts';
import { keepAfterNext } from './facts/after-next.ts';
import { keepErrorHandlers } from './facts/errors/thrown-values.ts';
import { withoutPlainReaders } from './facts/plain-readers.ts';
import { collectKeptParams } from './facts/routes/kept-params.ts';
import { madeToBeMounted, treatAsRouters } from './facts/routes/sub-apps.ts';
import { type UsedByTests, usedByTests } from './facts/used-by-tests.ts';
import { workerFiles } from './facts/worker-files.ts';
import { decideIdiomatic } from './native/leave-out.ts';
import { withoutShared } from './packages/_native.ts';
import { convertRegistrations, dropWrappers } from './routing/routing.ts';
import { decideServer } from './server/own-server.ts';
import {
  type Conversion,
  type ConversionOptions,
  createConversion,
  type Problem,
} from './state/conversion.ts';
import { isOnlyInPlace, staysInExpress } from './state/worlds.ts';
import { writeEnv } from './types/env-type.ts';
import { convertTypes, dropUnusedAliases } from './types/types.ts';
import { bridgeable, leftAsTheyAre } from './worlds/as-is.ts';
import { divide, type KeptBack } from './worlds/divide.ts';
import { convertInPlace } from './worlds/in-place/in-place.ts';
import { keepForTests, writeOriginals } from './worlds/originals.ts';
import { writeWorlds } from './worlds/write.ts';

/** What stays as it is, and how many of its handlers `--in-place` would make Hono's where they are registered. */
interface Refused {
  refused: Conversion;
  stays: KeptBack['stays'];
  offered: number;
}

interface Decided {
  conversion: Conversion;
  places: Places;
}

/** How many routes are Hono's. */
const routesOf = (parted: Decided | KeptBack): number =>
  'conversion' in parted ? parted.conversion.program.routes.length : 0;

/**
 * Decides a program: all of it converts, or a part of it beside the rest, or it stays.
 *
 * @param modules of the whole repository, its tests included
 * @returns the conversion that worked out, or the one whose problems say why it stays
 */
export async function decide(
  input: CodemodInput,
  modules: Modules,
  analyzed: ExpressProgram,
  given: ConversionOptions,
): Promise<Decided | Refused> {
  const program = withoutPlainReaders(analyzed, createConversion(analyzed, given).workOf);
  treatAsRouters(program);
  const packages = await packageOptions(input, program, given);
  const worker = given.target === 'workers' ? { worker: workerFiles(program, modules) } : {};
  const options = { ...given, ...packages.connected, ...worker };
  const used = usedByTests(modules, program);
  const made = (each: ExpressProgram, of: ConversionOptions) =>
    attempt(input, createConversion(each, of), used, modules);
  const whole = await made(program, options);
  const { problems } = whole.conversion;
  if (problems.length === 0 && options.unasked === null) return whole;
  const dividing = { modules, used, attempt: (each: Conversion) => attempt(input, each, used, modules) };
  const asItIs = options.unasked === null ? bridgeable(whole.conversion) : [];
  let bridged: Decided | KeptBack | null = null;
  if (asItIs.length > 0 && asItIs.length < program.functions.length) {
    const left = leftAsTheyAre(program, asItIs);
    const ofLeft = { ...given, ...packages.bridged, asItIs };
    const all = await made(left, ofLeft);
    if (all.conversion.problems.length === 0) return all;
    if (!options.inPlace)
      bridged = await divide(all.conversion, {
        ...dividing,
        program: left,
        options: withoutShared(ofLeft, left),
      });
  }
  const apart = withoutShared(options, program);
  const plain = await divide(whole.conversion, { ...dividing, program, options: apart });
  // A bridge is worth its lines and its time where more routes are Hono's with it.
  const parted = bridged !== null && routesOf(bridged) > routesOf(plain) ? bridged : plain;
  const part = 'conversion' in parted ? parted : null;
  const isFree = options.unasked === null && options.target !== 'workers';
  const inPlace =
    isFree && (options.inPlace || part === null)
      ? await convertInPlace(whole.conversion, part?.conversion.worlds ?? null, {
          ...dividing,
          program,
          options: apart,
        })
      : [];
  if ('conversion' in inPlace && options.inPlace) return inPlace;
  if ('conversion' in parted) return parted;
  const mounted = madeToBeMounted(whole.conversion);
  if ('conversion' in inPlace && mounted !== null) {
    inPlace.conversion.remarks.push(mounted);
    return inPlace;
  }
  if (options.inPlace && !('conversion' in inPlace)) parted.problems.push(...inPlace);
  // Of what is not asked for, nothing is in the way.
  if (options.unasked !== null) problems.splice(0);
  problems.push(...parted.problems.filter((each) => !problems.some((known) => isSame(known, each))));
  // What a request costs there is for the user to decide.
  const offered = 'conversion' in inPlace ? inPlace.conversion.units.size : 0;
  return { refused: whole.conversion, stays: parted.stays, offered };
}

const isSame = (one: Problem, other: Problem): boolean =>
  at(one.location) === at(other.location) && one.reason === other.reason;

async function attempt(input: CodemodInput, conversion: Conversion, used: UsedByTests, modules: Modules) {
  const { program } = conversion;
  const isOnlyThere = isOnlyInPlace(conversion);
  collectBridged(conversion);
  collectKeptParams(conversion);
  prepare(conversion);
  readFromExpress(conversion);
  keepForTests(conversion, used, modules);
  readSettings(conversion);
  checkSettings(conversion);
  conversion.bodyRules = await bodyRules(input, conversion);
  decideIdiomatic(conversion);
  keepErrorHandlers(conversion);
  convertUnits(conversion);
  keepAfterAnswer(conversion);
  keepServedOnce(conversion, modules);
  writeInPlace(conversion);
  if (!isOnlyThere) {
    convertCreations(conversion);
    convertRegistrations(conversion);
  }
  dropUnusedWrappers(conversion, modules, dropWrappers(conversion));
  if (!isOnlyThere) {
    decideServer(conversion, modules);
    convertAppCalls(conversion);
    writeLateTrust(conversion);
  }
  const places = placesOf(conversion);
  const { worlds } = conversion;
  const gone = new Set(conversion.deleted);
  for (const file of program.files)
    if (!gone.has(file.path) && (worlds === null || worlds.moved.has(file.path))) conversion.workOf(file);
  convertTypes(conversion);
  await writeEnv(input, conversion, places.env);
  for (const router of program.routers) {
    for (const { location, reason } of router.escapes) {
      conversion.problems.push({ location, rule: 'escape', reason, unit: null });
    }
  }
  for (const work of conversion.files.values()) {
    dropUnusedAliases(conversion, work);
    const { path } = work.file;
    if (worlds !== null && !worlds.moved.has(path)) continue;
    const isCopied = (node: SyntaxNode) => staysInExpress(conversion, path, node);
    removeImports(conversion, work, (node) => !work.draft.keeps(node) && !isCopied(node));
  }
  if (worlds === null) for (const work of conversion.files.values()) refuseLeftImports(conversion, work);
  refuseAppMembers(conversion);
  refuseLostThis(conversion);
  keepAfterNext(conversion);
  refuseComputedModules(conversion);
  declareNames(conversion, modules);
  refuseAttachedServers(conversion);
  if (worlds !== null) writeWorlds(conversion, worlds);
  else writeOriginals(conversion, used);
  return { conversion, places };
}
