import type { ClassValue, Value } from '../../../syntax/flow/values.ts';
import { isClass } from '../../../syntax/nodes.ts';
import type { Passed, Place, RouteStep, Scope } from '../../model.ts';
import type { Reader, Reading } from '../../reader.ts';
import { isExternal } from '../../values.ts';
import { type Bootstrap, bootstraps } from './bootstrap.ts';
import {
  argumentsIn,
  calledOn,
  type Decoration,
  decorationsOf,
  type Method,
  methodsOf,
  portsOfMethod,
} from './decorators.ts';
import { injectServices } from './injected.ts';
import { type ModuleGraph, moduleGraph } from './modules.ts';
import { fullPaths, nestTemplate, versionsIn } from './paths.ts';

/** Decorators that make a route, and its method. Source: `@nestjs/common` 11, `decorators/http`. */
const VERBS: Readonly<Record<string, string>> = {
  ...{
    Get: 'GET',
    Post: 'POST',
    Put: 'PUT',
    Delete: 'DELETE',
    Patch: 'PATCH',
    Options: 'OPTIONS',
    Head: 'HEAD',
    All: 'ALL',
  },
  ...{
    Search: 'SEARCH',
    Propfind: 'PROPFIND',
    Proppatch: 'PROPPATCH',
    Mkcol: 'MKCOL',
    Copy: 'COPY',
    Move: 'MOVE',
    Lock: 'LOCK',
    Unlock: 'UNLOCK',
  },
  Sse: 'GET',
};

/** What decorators put before a method, and what Nest calls on it. */
const BEFORE: Readonly<Record<string, string>> = {
  UseGuards: 'canActivate',
  UseInterceptors: 'intercept',
  UsePipes: 'transform',
};
const GLOBAL_TOKENS: Readonly<Record<string, string>> = {
  APP_GUARD: 'canActivate',
  APP_INTERCEPTOR: 'intercept',
  APP_PIPE: 'transform',
};

const MIDDLEWARE = ['request', 'response', 'next'] as const;
const CONTEXT = ['context', 'next'] as const;

/** Nest: controllers of the modules that an application imports, with its prefix and versions. */
const nest: Reader = {
  framework: '@nestjs/core',
  title: 'Nest',
  concerns: (path, modules) =>
    modules.packagesOf(path).some((name) => name === '@nestjs/common' || name === '@nestjs/core') &&
    /\b(?:Controller|Module|NestFactory|RouterModule|applyDecorators)\b/.test(modules.text(path) ?? ''),
  rules: { modules: new Set(['@nestjs/common', '@nestjs/core']) },
  read: readScopes,
  template: nestTemplate,
};
export default nest;

function readScopes(reading: Reading): Scope[] {
  injectServices(reading);
  const controllers = controllersIn(reading);
  const found = bootstraps(reading).filter(({ modules }) => modules.length > 0);
  const reached = new Set<ClassValue>();
  const scopes = found.flatMap((start) => {
    const graphs = start.modules.map((module) => moduleGraph(reading, module));
    for (const graph of graphs) for (const controller of graph.controllers.keys()) reached.add(controller);
    return applicationOf(reading, start, graphs);
  });
  const partial = controllers.filter((controller) => !reached.has(controller));
  for (const { file, node } of partial) {
    const why =
      found.length === 0
        ? 'no application that is made of a module was found'
        : 'no module that an application imports was seen to have it';
    reading.notFollowed('routes of a controller of Nest', why, file.locate(node.start));
  }
  return scopes;
}

/** Every class that is decorated as a controller. */
function controllersIn(reading: Reading): ClassValue[] {
  const found = new Set<ClassValue>();
  for (const file of reading.flow.files.values()) {
    if (!file.text.includes('@')) continue;
    reading.flow.eachHolding(file, (node, { values }) => {
      if (!isClass(node)) return;
      for (const value of values)
        if (value.kind === 'class' && value.node === node && isController(reading, value)) found.add(value);
    });
  }
  return [...found];
}

const isController = (reading: Reading, { node }: ClassValue): boolean =>
  decorationsOf(reading, node).some(({ name }) => name === 'Controller');

function applicationOf(reading: Reading, start: Bootstrap, graphs: readonly ModuleGraph[]): Scope[] {
  const location = start.file.locate(start.node.start);
  const application: Scope = {
    framework: '@nestjs/core',
    kind: 'application',
    location,
    steps: [],
    middleware: 'whole',
  };
  const globals: Passed[] = [
    ...start.uses.map((place) => reading.handlers.passed(place, MIDDLEWARE)),
    ...start.globals.flatMap(({ values, method, place }) => passedBy(reading, place, values, method)),
    ...graphs.flatMap((graph) => [
      ...graph.providers.flatMap(({ token, value }) =>
        GLOBAL_TOKENS[token] ? passedBy(reading, start, [value], GLOBAL_TOKENS[token]) : [],
      ),
      ...graph.modules.flatMap((module) => configured(reading, module)),
    ]),
  ];
  if (globals.length > 0) application.steps.push({ kind: 'middleware', handlers: globals, location });
  const scopes: Scope[] = [application];
  for (const graph of graphs)
    for (const [controller, path] of graph.controllers) {
      const scope = controllerOf(reading, start, controller, path);
      application.steps.push({ kind: 'mount', scope, prefix: '', location: scope.location });
      scopes.push(scope);
    }
  if (graphs.some(({ isPartial }) => isPartial))
    reading.notFollowed(
      'some modules of a Nest application',
      'what a module imports could not be followed',
      location,
    );
  return scopes;
}

/** Guards and the like as functions: the method that Nest calls on each. */
function passedBy(
  { handlers, ...rest }: Reading,
  place: Place,
  values: readonly Value[],
  method: string,
): Passed[] {
  const reading = { handlers, ...rest };
  return values.flatMap((value): Passed[] => {
    const ports = method === 'use' ? MIDDLEWARE : CONTEXT;
    const functions = calledOn(reading, value, method).map((fn) => handlers.function(fn, ports));
    if (functions.length > 0) return [{ ...place, functions, packages: [], isUnknown: false }];
    if (!isExternal(value) || value.module.startsWith('@nestjs/co')) return [];
    return [
      {
        ...place,
        functions,
        packages: [
          { ...place, package: value.module, member: value.path.filter((name) => name !== '()').join('.') },
        ],
        isUnknown: false,
      },
    ];
  });
}

/** Middleware that a module's `configure` applies; for which routes is not told apart: too many, not too few. */
function configured(reading: Reading, module: ClassValue): Passed[] {
  const [configure] = methodsOf(module).filter(({ name }) => name === 'configure');
  if (configure === undefined) return [];
  return reading.flow.calls.flatMap(({ file, node, arguments: args }) => {
    const callee = node.callee as { property?: { name?: string } } | undefined;
    if (file !== configure.file || node.start < configure.node.start || node.end > configure.node.end)
      return [];
    if (callee?.property?.name !== 'apply') return [];
    return args.flatMap((cell) => {
      const values = [...cell.values];
      const classes = passedBy(reading, { file, node }, values, 'use');
      const plain = values.filter(({ kind }) => kind === 'function');
      return plain.length > 0
        ? [...classes, reading.handlers.passed({ file, node }, MIDDLEWARE, plain)]
        : classes;
    });
  });
}

function controllerOf(reading: Reading, start: Bootstrap, controller: ClassValue, modulePath: string): Scope {
  const decorations = decorationsOf(reading, controller.node);
  const scope: Scope = {
    framework: '@nestjs/core',
    kind: 'controller',
    location: controller.file.locate(controller.node.start),
    steps: [],
    middleware: 'whole',
  };
  const before = beforeOf(reading, decorations);
  if (before.length > 0) scope.steps.push({ kind: 'middleware', handlers: before, location: scope.location });
  const made = decorations.find(({ name }) => name === 'Controller');
  for (const method of methodsOf(controller)) {
    const own = decorationsOf(reading, method.definition);
    for (const decoration of own) {
      const verb = verbOf(reading, decoration);
      if (verb === null) continue;
      const versions = versionsIn(reading, own, made, start);
      const paths = fullPaths(reading, start, modulePath, made, decoration, versions, verb);
      for (const path of paths) scope.steps.push(routeOf(reading, method, decoration, verb, path, own));
    }
  }
  return scope;
}

function verbOf({ arguments: args }: Reading, decoration: Decoration): string | null {
  if (decoration.name !== 'RequestMapping') return VERBS[decoration.name] ?? null;
  const [options] = argumentsIn(decoration);
  const [object] = args.objects(options);
  const method = args.property(object, 'method');
  const [value] = method?.values ?? [];
  return method === null ? 'GET' : isExternal(value) ? (value.path.at(-1) ?? null) : null;
}

function routeOf(
  reading: Reading,
  method: Method,
  { call }: Decoration,
  verb: string,
  path: string,
  decorations: readonly Decoration[],
): RouteStep {
  const { file, node, definition } = method;
  const place = { file, node };
  // The decorator where it stands on the method; one that is made elsewhere tells the method itself.
  const isHere = call.file === file && call.node.start >= definition.start && call.node.end <= definition.end;
  const own = isHere ? file.locate(call.node.start - 1) : file.locate(definition.start);
  const handler: Passed = {
    ...place,
    functions: [reading.handlers.function(place, portsOfMethod(file))],
    packages: [],
    isUnknown: false,
  };
  return {
    kind: 'route',
    methods: [verb],
    path,
    location: own,
    schema: null,
    handlers: [...beforeOf(reading, decorations), handler],
  };
}

function beforeOf(reading: Reading, decorations: readonly Decoration[]): Passed[] {
  return decorations.flatMap((decoration) => {
    const method = BEFORE[decoration.name];
    if (method === undefined) return [];
    return argumentsIn(decoration).flatMap((place) =>
      passedBy(reading, place, reading.flow.valuesOf(place.node), method),
    );
  });
}
