// Fastify with Hono beside it: a request for a route whose handler and hooks are all Hono's is Hono's from first to last, every
// other one is Fastify's and reaches it untouched. Fastify has every route, so what is not certain goes there.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { decorateView, honoForm, setHonoForm, viewOf } from './in-fastify.ts';
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
const LISTS = ['onRequest', 'preValidation', 'preHandler', 'onSend', 'onResponse', 'onError'] as const;
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
  ],
];
/** A path that every reader splits and decodes alike. */
const PLAIN = /^(?!.*\/(?:\.|%2e){1,2}(?:\/|$))(?!.*\/\/)\/(?:[\w\-.~!$&'()*+,=:@/]|%[\da-f]{2})*$/i;

interface Declared {
  app: Loose;
  own: Loose;
  url: string;
  methods: string[];
}

/** What a part of the application has beside what Fastify shows. */
interface Part {
  variables: Map<string, unknown>;
  parsers: (Omit<Parser, 'parse'> & { parse: Parser['parse'] | null })[];
  isOdd: boolean;
}

const parts = new WeakMap<object, Part>();
const errorHandlers = new WeakMap<object, unknown>();

function partOf(app: object): Part {
  const known = parts.get(app);
  if (known !== undefined) return known;
  const above = Object.getPrototypeOf(app);
  const from = above === null || above === Object.prototype ? undefined : partOf(above);
  const part: Part = {
    variables: new Map(from?.variables),
    parsers: [...(from?.parsers ?? [])],
    isOdd: from?.isOdd ?? false,
  };
  parts.set(app, part);
  return part;
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
    declared.push({ app: this, own, url: own.url, methods: [own.method].flat() });
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
  told('setErrorHandler', (part, handler) => errorHandlers.set(part, handler));
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
  function routeOf({ app, own, url }: Declared, method: string): Route | null {
    const { isOdd, variables, parsers } = partOf(app);
    const handler = honoForm(own.handler);
    const hooks = hooksOf(app, own);
    const answering = errorHandlersOf(app, own);
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
    const hono = new Hono<Loose>({ strict: true });
    const routes = new Map<unknown, Declared>();
    const seen = new Map<string, number>();
    const keyOf = (method: string, url: string) => `${method} ${url}`;
    for (const { methods, url } of declared)
      for (const method of methods) seen.set(keyOf(method, url), (seen.get(keyOf(method, url)) ?? 0) + 1);
    for (const each of [...declared].sort((a, b) => byRank(a.url, b.url))) {
      // With and without a slash: Fastify tells of one.
      const urls = new Set([each.url, each.own.url]);
      for (const method of each.methods.filter((name) => name !== 'HEAD'))
        for (const url of urls) {
          const isOne = seen.get(keyOf(method, each.url)) === 1;
          const route = isOne ? routeOf({ ...each, url }, method) : null;
          const paths = pathsOf(url, options.ignoreTrailingSlash === true);
          const run = (c: Context<Loose>) => answer(c, route as Route, settings);
          if (route !== null && paths !== null) routes.set(run, each);
          for (const path of paths ?? coverPath(url)) hono.on(method, path, run);
        }
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
      const [found] = hono.router.match(method, path);
      const entry = routes.get((found[0]?.[0] as unknown as unknown[] | undefined)?.[0]);
      return entry !== undefined && !isParsedByFastify(entry, headers['content-type']);
    };
  }

  return app;
}

/** Hooks of a part and of a route, all of them Hono's; null where one is not. */
function hooksOf(app: Loose, own: Loose): Route['hooks'] | null {
  const all = app[symbolOf(app, 'fastify.hooks') as symbol];
  if (all === undefined || FOREIGN.some((name) => all[name]?.length > 0)) return null;
  const found: Loose = {};
  for (const name of LISTS) {
    found[name] = [...all[name], ...[own[name] ?? []].flat()].map(honoForm);
    if (found[name].includes(undefined)) return null;
  }
  return found;
}

/** The error handlers above a route, Fastify's own apart; null where one is not Hono's. */
function errorHandlersOf(app: Loose, own: Loose): Route['errorHandlers'] | null {
  const chain: Loose[] = own.errorHandler === undefined ? [] : [own.errorHandler];
  // Fastify binds what it is given: what it holds tells nothing.
  for (let at = app; at !== null; at = Object.getPrototypeOf(at))
    if (errorHandlers.has(at)) chain.push(errorHandlers.get(at));
  const found = chain.map(honoForm);
  return found.includes(undefined) ? null : found;
}

function symbolOf(app: Loose, name: string): symbol | undefined {
  for (let at = app; at !== null; at = Object.getPrototypeOf(at)) {
    const found = Object.getOwnPropertySymbols(at).find(({ description }) => description === name);
    if (found !== undefined) return found;
  }
  return undefined;
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

/**
 * A plugin of a package of which Hono's side knows what it does to requests: its hooks are answered by those of another one.
 *
 * @param stand registered for Hono's side alone; without one the package's hooks do nothing to a request there
 */
export function covered<Plugin>(plugin: Plugin, stand?: Loose): Plugin {
  const original = ((plugin as Loose)?.default ?? plugin) as Loose;
  if (typeof original !== 'function') return plugin;
  const covering = (app: Loose, options: Loose, done: (error?: unknown) => void) => {
    const own: Standing = stand === undefined ? { hooks: {}, parsers: [] } : standing(stand, app, options);
    const names = ['addHook', 'addContentTypeParser'];
    const before = names.map((name) => [Object.hasOwn(app, name), app[name]] as const);
    app.addHook = function (this: Loose, name: string, hook: Loose) {
      if (LISTS.includes(name as never)) setHonoForm(hook, own.hooks[name]?.shift() ?? (() => undefined));
      return before[0]?.[1].call(this, name, hook);
    };
    app.addContentTypeParser = function (this: Loose, ...args: Loose[]) {
      const parse = args.at(-1);
      const known = own.parsers.shift();
      if (known !== undefined) setHonoForm(parse, known);
      return before[1]?.[1].apply(this, args);
    };
    const finish = (error?: unknown) => {
      for (const [index, name] of names.entries()) {
        const [isOwn, value] = before[index] ?? [];
        if (isOwn) app[name] = value;
        else delete app[name];
      }
      // What stands for the package would do more than the package does.
      if (Object.values(own.hooks).some((list) => list.length > 0)) partOf(app).isOdd = true;
      done(error ?? undefined);
    };
    const given = original(app, options, finish);
    if (typeof given?.then === 'function') given.then(() => finish(), finish);
  };
  for (const symbol of Object.getOwnPropertySymbols(original))
    Object.defineProperty(covering, symbol, { value: original[symbol] });
  return covering as Plugin;
}

interface Standing {
  hooks: Record<string, Loose[]>;
  parsers: Loose[];
}

/** What a plugin for Hono's side registers. */
function standing(stand: Loose, app: Loose, options: Loose): Standing {
  const found: Standing = { hooks: {}, parsers: [] };
  const facade: Loose = {
    ...{ prefix: app.prefix, log: app.log, options: () => facade },
    addHook(name: string, hook: Loose) {
      found.hooks[name] = [...(found.hooks[name] ?? []), hook];
      return facade;
    },
    addContentTypeParser(_types: Loose, own: Loose, parse: Loose = own) {
      found.parsers.push((c: Loose, body: Loose) =>
        parse(c, own?.parseAs === 'string' ? String(body) : body),
      );
      return facade;
    },
    decorate(name: string, value: unknown) {
      decorateView(app, name, value);
      return facade;
    },
  };
  stand(facade, options, () => undefined);
  return found;
}
