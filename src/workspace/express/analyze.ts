import { at } from '../../model/at.ts';
import { resolveBindings } from '../syntax/bindings.ts';
import { createFlow, type ExternalCall, type Flow } from '../syntax/flow/flow.ts';
import { functionsAt, functionsWithin, objectAt, textsAt } from '../syntax/flow/held-values.ts';
import { type Cell, UNKNOWN } from '../syntax/flow/values.ts';
import { loadModules, type ModuleInput, type Modules } from '../syntax/modules.ts';
import { argumentsOf, unwrap } from '../syntax/nodes.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';
import { parentsOf } from '../syntax/walk.ts';
import { addEscapes } from './escapes.ts';
import {
  addCallsAndReturns,
  addOptions,
  collectFunctions,
  noteWrapped,
  PARSER_OPTIONS,
  type Seeded,
  seedRoles,
  unreachedHandlers,
} from './functions.ts';
import { expressImports } from './imports.ts';
import { otherUseOfMade } from './lists.ts';
import type { AppCall, ExpressProgram, FunctionUse, Registration } from './program.ts';
import { createReach } from './reach.ts';
import { describeRegistration, functionsIn, inPlaceOf, type Lookup, ranOf } from './registrations.ts';
import { collectRouters } from './routers.ts';
import { routesOf } from './routes.ts';
import {
  isBodyParser,
  isRegistration,
  makesServer,
  returnsItself,
  routerKind,
  routerMember,
} from './surface.ts';
import { seedUncalled } from './uncalled.ts';
import { expressVersion } from './version.ts';
import { isWrapper } from './wrappers.ts';

export interface AnalyzeOptions {
  /** Files that are no part of the application; tests by default. */
  ignore?(path: string): boolean;
}

const TEST_FILE =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e|cypress)\/|[.-](?:test|spec|e2e)\.[cm]?[jt]sx?$/;

/** Whether a path looks like a test: such files import the app, but are not part of it. */
export const isTestFile = (path: string): boolean => TEST_FILE.test(path);

/**
 * Finds everything a repository does with Express: apps and routers, what is registered on them, every function that
 * receives Express values and with which roles, through any number of files. Files are parsed only when they name
 * Express, import such a file, or are imported from there. A broken file is listed in `failed`; nothing is thrown for it.
 *
 * @param input root, files (tests and node_modules are left out) and how to read them
 */
export async function analyzeExpress(
  input: ModuleInput,
  options: AnalyzeOptions = {},
): Promise<ExpressProgram> {
  const ignore = options.ignore ?? isTestFile;
  const modules = await loadModules({ ...input, paths: input.paths.filter((path) => !ignore(path)) });
  return analyzeModules(modules);
}

/** The same over modules that were loaded already. */
export const analyzeModules = (modules: Modules): ExpressProgram => analyzeWithFlow(modules).program;

/** The program together with the flow of values it was read from, for questions the program does not answer. */
export function analyzeWithFlow(modules: Modules): { program: ExpressProgram; flow: Flow } {
  const starting = startingFiles(modules);
  const flow = createFlow(modules, {
    normalise: returnsItself,
    isFresh: (value) => routerKind(value) !== null,
    tracks: makesServer,
    passesOn: isWrapper,
    admit: (path) => starting.has(path) || HANDLER_WORDS.test(modules.text(path) ?? ''),
  });

  const functions: Seeded = { all: new Set(), params: new Set(), options: [] };
  const seeded = new Set<SyntaxNode>();
  flow.onExternalCall((called) => {
    const { callee, node, arguments: args } = called;
    seedOptions(flow, called, functions);
    const found = routerMember(callee);
    if (found === null || callee.kind !== 'external') return;
    if (routerKind(found.router) === 'app') flow.setMember(flow.marker('req'), 'app', found.router);
    if (!isRegistration(found, node) || seeded.has(node)) return;
    seeded.add(node);
    for (const cell of args) {
      seedRoles(flow, cell, found.member === 'param' ? 'param' : 'handler', (fn) => {
        functions.all.add(fn.node);
        if (found.member === 'param') functions.params.add(fn.node);
      });
    }
  });
  for (const path of starting) flow.include(path);
  flow.settle();
  for (let missing = wanted(modules, flow); missing.size > 0; missing = wanted(modules, flow)) {
    for (const path of missing) flow.include(path);
    flow.settle();
  }
  seedUncalled(flow, functions.all);
  flow.close();
  return { program: describe(modules, flow, functions), flow };
}

/** A file that uses none of these words neither handles requests nor registers handlers, whatever imports it. */
const HANDLER_WORDS =
  /\b(?:req|res|request|response|router|routes|middlewares?|controllers?|handlers?|app)\b/;
/** How many imports away a helper or handler is looked for. */
const FARTHEST = 3;

/**
 * Files left out so far that a request reaches after all: an Express value is passed to something, or something is
 * registered, that the files known so far do not define. Looks at the nearest imports first.
 */
function wanted(modules: Modules, flow: Flow): Set<string> {
  const missing = new Set<string>();
  if (flow.leftOut.size === 0) return missing;
  /** How many imports away is looked, by file. */
  const asking = new Map<string, number>();
  for (const { file, node, callee, arguments: args } of flow.calls) {
    if (asking.get(file.path) === FARTHEST) continue;
    const isUnresolved = isUnresolvedCell(callee) && args.some(holdsExpress);
    const registers = [...callee.values].some((value) => {
      const found = routerMember(value);
      return found !== null && isRegistration(found, node);
    });
    if (isUnresolved || (registers && args.some(isUnresolvedCell))) asking.set(file.path, FARTHEST);
    else if (registers && (isHalfKnown(args[0]) || argumentsOf(node).some((one) => isOfTable(file, one))))
      asking.set(file.path, 1);
  }
  for (const [path, farthest] of asking) {
    let level = new Set([path]);
    for (let distance = 1; distance <= farthest; distance += 1) {
      level = new Set([...level].flatMap((at) => [...modules.importsOf(at)]));
      const found = [...level].filter((at) => flow.leftOut.has(at));
      for (const at of found) missing.add(at);
      if (found.length > 0) break;
    }
  }
  return missing;
}

/** Nothing but a module whose contents are not known: the module was left out, or has no such export. */
const isUnresolvedCell = ({ values }: Cell): boolean => [...values].every(({ kind }) => kind === 'module');

/** Something made of what is not known, such as a path made of a constant of a file that was left out. */
const isHalfKnown = (cell: Cell | undefined): boolean => cell?.values.has(UNKNOWN) === true;

/** `row.run`, or `run` of `({ path, run }) =>`: what some rows give may hide that nothing is known of the others. */
function isOfTable(file: ParsedFile, argument: SyntaxNode): boolean {
  const node = unwrap(argument);
  if (node.type === 'MemberExpression') return true;
  const binding = node.type === 'Identifier' ? resolveBindings(file).bindingOf(node) : null;
  const holder = binding === null ? undefined : parentsOf(file).get(binding.node);
  return holder !== undefined && !/^(Import\w*|VariableDeclarator|FunctionDeclaration)$/.test(holder.type);
}

const holdsExpress = ({ values }: Cell): boolean =>
  [...values].some((value) => value.kind === 'marker' || routerKind(value) !== null);

/** `express.json({ verify: (req, res, buf) => … })`: a body parser calls these with the request. */
function seedOptions(
  flow: Flow,
  { callee, file, node: call, arguments: args }: ExternalCall,
  seeded: Seeded,
) {
  const [options] = args;
  if (options === undefined || !isBodyParser(callee)) return;
  flow.read(options, (value) => {
    if (value.kind !== 'object') return;
    for (const option of PARSER_OPTIONS) {
      const cell = flow.memberOf(value, option);
      seeded.options.push({ option, cell, file, call });
      seedRoles(flow, cell, option, (fn) => seeded.all.add(fn.node));
    }
  });
}

/** Files that name Express, and everything that imports them: callers bind the parameters of router factories. */
function startingFiles(modules: Modules): ReadonlySet<string> {
  const names = new Set(['express', 'express-promise-router', 'router']);
  for (const { json } of modules.packages) {
    for (const group of [json.dependencies, json.devDependencies]) {
      for (const [name, range] of Object.entries((group ?? {}) as Record<string, unknown>)) {
        if (typeof range === 'string' && range.startsWith('npm:express@')) names.add(name);
      }
    }
  }
  const quoted = [...names].map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const mention = new RegExp(`['"\`](?:${quoted})['"\`]`);
  const found = new Set(modules.paths.filter((path) => mention.test(modules.text(path) ?? '')));
  for (const path of found) for (const importer of modules.importersOf(path)) found.add(importer);
  return new Set(modules.paths.filter((path) => found.has(path)));
}

function describe(modules: Modules, flow: Flow, seeded: Seeded): ExpressProgram {
  const routers = collectRouters(flow);
  const drafts = collectFunctions(flow, seeded);
  const lookup: Lookup = {
    functionOf: (value) => drafts.get(value.node)?.fn ?? null,
    routerOf: (value) => routers.get(value) ?? null,
  };
  const registrations: Registration[] = [];
  const appCalls: AppCall[] = [];
  const seen = new Set<string>();
  for (const call of flow.externalCalls) {
    const found = routerMember(call.callee);
    const on = found === null ? undefined : routers.get(found.router);
    if (found === null || on === undefined) continue;
    const key = `${at(call.file.locate(call.node.end))} ${call.node.start} ${found.member} ${on.id}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (isRegistration(found, call.node)) {
      registrations.push(describeRegistration(flow, lookup, on, found, call));
    } else if (found.route === null && found.member !== 'route') {
      appCalls.push({
        on,
        file: call.file,
        call: call.node,
        member: found.member,
        location: call.file.locate(call.node.start),
      });
    }
  }
  const order = new Map([...flow.files.keys()].map((path, index) => [path, index]));
  registrations.sort(
    (a, b) => (order.get(a.file.path) ?? 0) - (order.get(b.file.path) ?? 0) || a.call.end - b.call.end,
  );
  for (const registration of registrations) noteUses(registration);
  addCallsAndReturns(flow, drafts);
  noteWrapped(drafts);
  addOptions(seeded, drafts);
  const distinct = [...new Set(routers.values())];
  addEscapes(flow, lookup, appCalls, distinct);
  const files = [...flow.files.values()];
  return {
    version: expressVersion(modules, [...flow.files.keys()]),
    files,
    routers: distinct,
    functions: [...drafts.values()].map(({ fn }) => fn),
    registrations,
    appCalls,
    inPlace: inPlaceOf(flow, lookup),
    ran: ranOf(flow),
    ...createReach(flow, lookup, appCalls),
    functionsAt: (node) => functionsAt(flow, node),
    objectAt: (node) => objectAt(flow, node),
    textsAt: (node) => textsAt(flow, node),
    otherUseOf: (made) => otherUseOfMade(flow, made),
    functionsWithin: (node) => functionsWithin(flow.cellOf(node)),
    routes: routesOf(distinct, registrations),
    imports: files.flatMap((file) => expressImports(modules, file)),
    wrappers: [...flow.passing].map(([node, file]) => {
      const given = argumentsOf(node).flatMap((argument) => [...flow.valuesOf(argument)]);
      const found = given.flatMap((value) =>
        value.kind === 'function' ? (lookup.functionOf(value) ?? []) : [],
      );
      return { file, node, functions: found };
    }),
    unreached: unreachedHandlers(flow, drafts),
    failed: [...modules.failed],
  };
}

/** Notes on each function where it is registered, and what that makes it. */
function noteUses(registration: Registration): void {
  for (const [position, argument] of registration.handlers.entries()) {
    const isLast = position === registration.handlers.length - 1;
    for (const fn of functionsIn(argument)) {
      (fn.uses as FunctionUse[]).push({ kind: 'registered', registration, position });
      if (fn.kind === 'param' || fn.kind === 'error-handler') continue;
      if (fn.roles[0] === 'err' && fn.roles.length === 4) fn.kind = 'error-handler';
      else if (isLast && registration.method !== 'use') fn.kind = 'handler';
      else if (fn.kind === 'helper') fn.kind = 'middleware';
    }
  }
}
