// What the parts of the application are to each other.
import type { Context } from 'hono';

/** What only the application's own code knows the type of. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Loose = any;

/** What `c.req.valid(…)` gives, by the part of the request. */
interface Parsed {
  in: Loose;
  out: { param: Loose; query: Loose; header: Loose; json: Loose };
}

export type AppContext = Context<Loose, Loose, Parsed>;
export type Handler = (c: AppContext) => unknown;
export type ErrorHandler = (error: Loose, c: AppContext) => unknown;
/** A function that `register` calls: with its part of the application, and its options. */
export type Plugin = (app: App, options: Loose, done: (error?: Error) => void) => unknown;
export type Verb = (
  path: string,
  options: Omit<RouteOptions, 'url' | 'method'> | Handler,
  handler?: Handler,
) => App;

export interface App {
  prefix: string;
  log: Log;
  fetch(request: Request, env?: unknown, context?: unknown): Promise<Response>;
  register(plugin: Loose, options?: Loose): App & PromiseLike<undefined>;
  after(then?: (error: Error | null) => void): App & PromiseLike<undefined>;
  ready(): Promise<App>;
  close(): Promise<void>;
  listen(options?: Loose, listening?: (error: Error | null, address: string) => void): Promise<string>;
  addHook(name: string, hook: Loose): App;
  addSchema(schema: unknown): App;
  route(options: RouteOptions): App;
  get: Verb;
  head: Verb;
  post: Verb;
  put: Verb;
  patch: Verb;
  delete: Verb;
  options: Verb;
  all: Verb;
  onClose(hook: Loose): App;
  server: Loose;
  decorate(name: string, value?: unknown): App;
  hasDecorator(name: string): boolean;
  decorateRequest(name: string, value?: unknown): App;
  hasRequestDecorator(name: string): boolean;
  addContentTypeParser(types: Loose, options: Loose, parse?: Parser['parse']): App;
  setErrorHandler(handler: ErrorHandler): App;
  setNotFoundHandler(options?: Partial<RouteOptions> | Handler, handler?: Handler): App;
  /** What plugins decorate it with. */
  [decorated: string]: Loose;
}

export interface Log {
  child(fields: object): Log;
  info(...words: unknown[]): void;
  warn(...words: unknown[]): void;
  error(...words: unknown[]): void;
  debug(...words: unknown[]): void;
  trace(...words: unknown[]): void;
  fatal(...words: unknown[]): void;
  level: string;
}

export interface RouteOptions {
  method: string | readonly string[];
  url?: string;
  path?: string;
  handler?: Handler | undefined;
  errorHandler?: ErrorHandler;
  attachValidation?: boolean;
  exposeHeadRoute?: boolean;
  schemaErrorFormatter?: Loose;
  schema?: Loose;
  config?: Loose;
  bodyLimit?: number;
  [hook: string]: Loose;
}

/** What the application is made of beside its routes. */
export interface Parts {
  /** No lines for requests as they come and go. */
  quiet?: boolean;
  log?: (options: Loose) => Log;
  schemas?: (options: Loose) => Schemas;
  body?: (c: AppContext, route: Route) => Promise<unknown>;
  listen?: (app: App, options: Loose) => Promise<{ address: string; close(): Promise<unknown> }>;
  inject?: (app: App, asked: Loose) => Promise<Loose>;
  /** Whether a route is for a method: a path that cannot be read is none of the others’. */
  isRouted?: (method: string) => boolean;
  /** The id of a request, where another one gives it. */
  id?: (c: AppContext) => unknown;
}

/** A parser of bodies that the application brings. */
export interface Parser {
  types: (string | RegExp)[];
  parseAs?: 'string' | 'buffer';
  bodyLimit?: number;
  parse: (c: AppContext, body: Loose) => unknown;
}

export interface Schemas {
  add(app: object, schema: unknown): void;
  get(app: object, id: string): unknown;
  all(app: object): Record<string, unknown>;
  use(app: object, what: 'validate' | 'serialize', compile: Loose): void;
  compile(app: object, route: Route): void;
}

/** What a request passes, by when it does. */
export interface Hooks {
  onRequest: Loose[];
  preValidation: Loose[];
  preHandler: Loose[];
  onSend: Loose[];
  onResponse: Loose[];
  onError: Loose[];
}

/** What was read of a request. */
export interface Read {
  params: Loose;
  query: Loose;
  headers: Loose;
  body?: Loose;
}

/** A route with all that a request for it passes. */
export interface Route {
  method: string;
  url: string;
  handler: Handler;
  hooks: Hooks;
  errorHandlers: ErrorHandler[];
  variables: [string, unknown][];
  parsers: Parser[];
  app: App;
  options: RouteOptions;
  bodyLimit: number;
  /** Below which path it answers what no route is for; undefined for a route of its own. */
  prefix?: string;
  /** What answers at this path where no route is found. */
  fallback?: Route;
  /** Whether errors are another's to answer. */
  throws?: boolean;
  validate?: (parts: Read, type: string) => Promise<Error | null>;
  serialize?: (value: unknown, status: number, type: string) => string | undefined;
}
