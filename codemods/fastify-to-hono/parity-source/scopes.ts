// The parts of the application: each plugin has its own hooks, error handler and variables, and those of the parts above it.
import type { App, ErrorHandler, Handler, Hooks, Loose, Parser, Route, RouteOptions } from './types.ts';

interface Scope {
  parent: Scope | null;
  children: Scope[];
  hooks: Hooks;
  /** The error handlers that answer here, the nearest first; null where they are those of the part above. */
  errorHandlers: ErrorHandler[] | null;
  variables: Map<string, unknown>;
  parsers: Parser[];
  onRoute: ((options: Loose) => void)[];
  onRegister: ((app: App, options: Loose) => unknown)[];
}

/** Hooks in the order in which a request passes them. */
export const HOOKS: readonly (keyof Hooks)[] = [
  'onRequest',
  'preValidation',
  'preHandler',
  'onSend',
  'onResponse',
  'onError',
];

const scopes = new WeakMap<object, Scope>();

function scopeOf(app: object): Scope {
  const scope = scopes.get(app);
  if (scope === undefined) throw new Error('This is no part of the application.');
  return scope;
}

/** Makes a part of the application below another one. */
export function openScope(app: App, above: App | null): void {
  const parent = above === null ? null : scopeOf(above);
  const hooks = HOOKS.map((name) => [name, [...(parent?.hooks[name] ?? [])]]);
  const scope: Scope = {
    ...{ parent, children: [], hooks: Object.fromEntries(hooks) as Loose, errorHandlers: null },
    variables: new Map(parent?.variables),
    parsers: [...(parent?.parsers ?? [])],
    onRoute: [...(parent?.onRoute ?? [])],
    onRegister: [...(parent?.onRegister ?? [])],
  };
  parent?.children.push(scope);
  scopes.set(app, scope);
}

/** Adds a parser of bodies to a part and to those that are made below it. */
export const addParser = (app: App, parser: Parser): void => void scopeOf(app).parsers.unshift(parser);

/** A function that is told of each route, as it is registered. */
export const addOnRoute = (app: App, hook: (options: Loose) => void): void =>
  void scopeOf(app).onRoute.push(hook);

/** A function that is told of each part, as it is made. */
export const addOnRegister = (app: App, hook: Loose): void => void scopeOf(app).onRegister.push(hook);

export const tellOfPart = (above: App, app: App, options: Loose): void => {
  for (const hook of scopeOf(above).onRegister) hook.call(above, app, options);
};

export const tellOfRoute = (app: App, options: Loose): void => {
  for (const hook of scopeOf(app).onRoute) hook.call(app, options);
};

/** Does something to a part and to all below it. */
function eachBelow(scope: Scope, act: (scope: Scope) => void): void {
  act(scope);
  for (const child of scope.children) eachBelow(child, act);
}

export const addHook = (app: App, name: keyof Hooks, hook: Handler): void =>
  eachBelow(scopeOf(app), (scope) => scope.hooks[name].push(hook));

export const addVariable = (app: App, name: string, value: unknown): void =>
  eachBelow(scopeOf(app), (scope) => scope.variables.set(name, value));

export const hasVariable = (app: App, name: string): boolean => scopeOf(app).variables.has(name);

export function setErrorHandler(app: App, handler: ErrorHandler): void {
  const scope = scopeOf(app);
  scope.errorHandlers = [handler, ...chainOf(scope)];
}

function chainOf(scope: Scope | null): ErrorHandler[] {
  return scope === null ? [] : (scope.errorHandlers ?? chainOf(scope.parent));
}

/** The error handlers that a part has by now: a route keeps those that it finds as it is registered. */
export const errorHandlersOf = (app: App): ErrorHandler[] => chainOf(scopeOf(app));

/** A route as it is once all plugins are loaded; `handlers`: for errors. */
export function routeOf(
  app: App,
  own: RouteOptions,
  method: string,
  url: string,
  bodyLimit: number,
  handlers = errorHandlersOf(app),
): Route {
  const scope = scopeOf(app);
  const hooks = HOOKS.map((name) => [name, [...(scope.hooks[name] ?? []), ...[own[name] ?? []].flat()]]);
  return {
    ...{ method, url, app, options: own, handler: own.handler as Handler },
    hooks: Object.fromEntries(hooks) as Loose,
    errorHandlers: own.errorHandler === undefined ? handlers : [own.errorHandler, ...handlers],
    variables: [...scope.variables],
    parsers: scope.parsers,
    bodyLimit: own.bodyLimit ?? bodyLimit,
  };
}
