// Fastify with Hono beside it: a request for a route whose handler and hooks are all Hono's is Hono's from first to last, every
// other one is Fastify's and reaches it untouched. Fastify has every route, so what is not certain goes there.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { pathOf, withoutSlash } from './client.ts';
import { honoForm, viewOf } from './in-fastify.ts';
import { symbolOf } from './in-hono.ts';
import { addErrorHandler, errorHandlersOf, HOOKS, partOf } from './parts.ts';
import { byRank, coverPath, honoPath } from './paths.ts';
import { answer } from './request.ts';
import type { Loose, Parser, Parts, Route } from './types.ts';

/** Options of Fastify's under which Hono's side answers the same. */
const KNOWN = new Set([
  ...[
    'logger',
    'loggerInstance',
    'disableRequestLogging',
    'bodyLimit',
    'ajv',
    'exposeHeadRoutes',
    'pluginTimeout',
  ],
  ...['ignoreTrailingSlash', 'genReqId', 'requestIdHeader', 'requestIdLogLabel', 'maxParamLength', 'http'],
  ...[
    'connectionTimeout',
    'keepAliveTimeout',
    'requestTimeout',
    'maxRequestsPerSocket',
    'forceCloseConnections',
  ],
  ...['return503OnClosing', 'trustProxy'],
]);
/** What a request may pass that Hono's side has no counterpart of. */
const FOREIGN = ['preParsing', 'preSerialization', 'onTimeout', 'onRequestAbort'];
const OF_FASTIFY = [
  ...FOREIGN,
  ...[
    'constraints',
    'version',
    'serializerCompiler',
    'validatorCompiler',
    'handlerTimeout',
    'websocket',
    'wsHandler',
    'helmet',
  ],
];
/** A path that every reader splits and decodes alike. */
const PLAIN = /^(?!.*\/(?:\.|%2e){1,2}(?:\/|$))(?!.*\/\/)\/(?:[\w\-.~!$&'()*+,=:@/]|%[\da-f]{2})*$/i;

interface Declared {
  app: Loose;
  own: Loose;
  url: string;
  methods: string[];
  /** For errors: what was set when the route was registered. */
  errorHandlers: readonly unknown[];
}

/**
 * Makes Fastify's application, and answers by Hono what Hono can.
 *
 * @param make `fastify` itself
 * @param options as Fastify takes them; one that Hono's side does not know leaves every request to Fastify
 */
export function besideFastify<Make extends (...options: Loose[]) => Loose>(
  make: Make,
  options: Loose = {},
  given: Parts = {},
): ReturnType<Make> {
  if (Object.keys(options).some((name) => options[name] !== undefined && !KNOWN.has(name)))
    return make(options);
  const settings: Parts = {
    ...given,
    quiet: !(options.logger || options.loggerInstance) || options.disableRequestLogging === true,
  };
  settings.id = (c) => app.genReqId?.(c.env.incoming);
  const declared: Declared[] = [];
  const schemas = settings.schemas?.(options.ajv ?? {});
  let taken: ((request: IncomingMessage) => boolean) | undefined;
  let listener: ((request: IncomingMessage, response: ServerResponse) => unknown) | undefined;

  const serverFactory = (handle: Loose, own: Loose) => {
    const server = createServer(own.http ?? {}, (request, response) => {
      taken ??= mount();
      if (!taken(request)) return handle(request, response);
      return listener?.(request, response);
    });
    server.keepAliveTimeout = own.keepAliveTimeout;
    server.requestTimeout = own.requestTimeout;
    server.setTimeout(own.connectionTimeout);
    if (own.maxRequestsPerSocket > 0) server.maxRequestsPerSocket = own.maxRequestsPerSocket;
    return server;
  };
  const app = make({ ...options, serverFactory });
  app.addHook('onRegister', (part: object) => void partOf(part));
  app.addHook('onRoute', function (this: Loose, own: Loose) {
    const entry: Declared = {
      ...{ app: this, own, url: own.url, methods: [own.method].flat(), errorHandlers: [] },
    };
    declared.push(entry);
    this.after(() => {
      entry.errorHandlers = errorHandlersOf(this);
    });
  });
  const told = (name: string, tell: (part: Loose, ...args: Loose[]) => void) => {
    const original = app[name];
    if (typeof original !== 'function') return;
    app[name] = function (this: Loose, ...args: Loose[]) {
      tell(this, ...args);
      return original.apply(this, args);
    };
  };
  told('decorateRequest', (part, name, value) => partOf(part).variables.set(name, value));
  told('setErrorHandler', (part, handler) => addErrorHandler(part, handler));
  told('addSchema', (part, schema) => schemas?.add(part, schema));
  told('setValidatorCompiler', (part, compile) => schemas?.use(part, 'validate', compile));
  told('setSerializerCompiler', (part, compile) => schemas?.use(part, 'serialize', compile));
  told('addContentTypeParser', (part, types, own, parse = own) => {
    const settings = typeof own === 'object' ? own : {};
    partOf(part).parsers.unshift({ types: [types].flat(), ...settings, parse: honoForm(parse) ?? null });
  });
  for (const name of [
    'setReplySerializer',
    'setSchemaErrorFormatter',
    'setSchemaController',
    'removeContentTypeParser',
    'removeAllContentTypeParsers',
  ])
    told(name, (part) => {
      partOf(part).isOdd = true;
    });

  /** The route as Hono answers it; null for one that is Fastify's. */
  function routeOf({ app, own, url, errorHandlers }: Declared, method: string): Route | null {
    const { isOdd, variables, parsers } = partOf(app);
    const handler = honoForm(own.handler);
    const hooks = hooksOf(app, own);
    const answering = answeringOf(own, errorHandlers);
    if (isOdd || handler === undefined || hooks === null || answering === null) return null;
    if (OF_FASTIFY.some((name) => own[name] !== undefined && own[name] !== false)) return null;
    if (own.schema !== undefined && schemas === undefined) return null;
    const route: Route = {
      ...{ method, url, app: viewOf(app), options: own, handler, hooks, errorHandlers: answering },
      variables: [...variables],
      parsers: parsers.filter((each): each is Parser => each.parse !== null),
      bodyLimit: own.bodyLimit ?? options.bodyLimit ?? 1_048_576,
    };
    if (own.schema !== undefined) schemas?.compile(app, route);
    return route;
  }

  /** Gives the routes to Hono's router, Fastify's among them: they are what other routes must leave alone. */
  function mount(): (request: IncomingMessage) => boolean {
    const routed = (path: string) => (options.ignoreTrailingSlash === true ? withoutSlash(path) : path);
    const hono = new Hono<Loose>({
      getPath: (request, settings) => routed(pathOf(request, settings?.env)),
    });
    const routes = new Map<unknown, Declared>();
    const seen = new Map<string, number>();
    const keyOf = (method: string, url: string) => `${method} ${url}`;
    for (const { methods, url } of declared)
      for (const method of methods) seen.set(keyOf(method, url), (seen.get(keyOf(method, url)) ?? 0) + 1);
    // With and without a slash: Fastify tells of one.
    const all = declared.flatMap((each) =>
      [...new Set([each.url, each.own.url])].map((url) => ({ each, url })),
    );
    for (const { each, url } of all.sort((a, b) => byRank(a.url, b.url)))
      for (const method of each.methods.filter((name) => name !== 'HEAD')) {
        const isOne = seen.get(keyOf(method, each.url)) === 1;
        const route = isOne ? routeOf({ ...each, url }, method) : null;
        const paths = pathsOf(url, options.ignoreTrailingSlash === true);
        const run = (c: Context<Loose>) => answer(c, route as Route, settings);
        if (route !== null && paths !== null) routes.set(run, each);
        for (const path of paths ?? coverPath(url)) hono.on(method, path, run);
      }
    const most = options.maxParamLength ?? 100;
    if (routes.size > 0)
      listener = getRequestListener(hono.fetch as never, {
        hostname: 'localhost',
        overrideGlobalObjects: true,
      });
    return ({ method = 'GET', url = '', headers }) => {
      const path = url.replace(/[?#].*$/s, '');
      if (routes.size === 0 || !PLAIN.test(path) || !isDecoded(path)) return false;
      if (path.split('/').some((part) => part.length > most)) return false;
      const [found] = hono.router.match(method, routed(path));
      const entry = routes.get((found[0]?.[0] as unknown as unknown[] | undefined)?.[0]);
      return entry !== undefined && !isParsedByFastify(entry, headers['content-type']);
    };
  }

  return app;
}

/** Hooks of a part and of a route, all of them Hono's; null where one is not. */
function hooksOf(app: Loose, own: Loose): Route['hooks'] | null {
  const all = app[symbolOf(app, 'fastify.hooks')];
  if (all === undefined || FOREIGN.some((name) => all[name]?.length > 0)) return null;
  const found: Loose = {};
  for (const name of HOOKS) {
    found[name] = [...all[name], ...[own[name] ?? []].flat()].map(honoForm);
    if (found[name].includes(undefined)) return null;
  }
  return found;
}

/** The error handlers of a route, Fastify's own apart; null where one is not Hono's. */
function answeringOf(own: Loose, above: readonly unknown[]): Route['errorHandlers'] | null {
  const found = [...(own.errorHandler === undefined ? [] : [own.errorHandler]), ...above].map(honoForm);
  return found.includes(undefined) ? null : found;
}

function pathsOf(url: string, ignoresSlash: boolean): string[] | null {
  try {
    return honoPath(url, ignoresSlash);
  } catch {
    return null;
  }
}

function isDecoded(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

/** Whether a parser of bodies that Hono's side has not is for a type. */
function isParsedByFastify({ app }: Declared, type: string | undefined): boolean {
  if (type === undefined) return false;
  const media = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const isFor = (wanted: string | RegExp) =>
    typeof wanted === 'string' ? wanted === '*' || media.startsWith(wanted.toLowerCase()) : wanted.test(type);
  return partOf(app).parsers.some(({ types, parse }) => parse === null && types.some(isFor));
}
