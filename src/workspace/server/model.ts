import type { Location } from '../../model/location.ts';
import type { Flow } from '../syntax/flow/flow.ts';
import type { ParsedFile, SyntaxNode } from '../syntax/parse.ts';

/** A node and the file it stands in. */
export interface Place {
  file: ParsedFile;
  node: SyntaxNode;
}

/** What a framework hands to a parameter, whatever its name. `value`: something taken out of the request. */
export type PortKind = 'request' | 'response' | 'context' | 'next' | 'error' | 'value';

/** A parameter and what comes in by it; null where the framework passes nothing. */
export interface Port {
  parameter: SyntaxNode;
  kind: PortKind | null;
}

/** A function that a framework calls for a request. */
export interface ServerFunction extends Place {
  name: string;
  location: Location;
  ports: readonly Port[];
}

/** Middleware that a package made: `cors()`. */
export interface PackageUse extends Place {
  package: string;
  member: string;
}

/** What one argument of a registration holds: all that a request passes there. */
export interface Passed extends Place {
  functions: readonly ServerFunction[];
  packages: readonly PackageUse[];
  /** Nothing it holds, or not all of it, could be followed. */
  isUnknown: boolean;
}

/** One thing that was done to a scope, in the order of the source. */
export type Step = RouteStep | MiddlewareStep | MountStep;

/** A handler for methods and a path, as the framework writes paths. */
export interface RouteStep {
  kind: 'route';
  /** In upper case; `ALL` for every method. */
  methods: readonly string[];
  /** Below the scope; parts that could not be computed are `<expression>`. */
  path: string;
  handlers: readonly Passed[];
  location: Location;
  /** Where a schema of its input or answers is given; null when none is. */
  schema: Location | null;
}

/** Something that requests pass before handlers: middleware, hooks, guards. */
export interface MiddlewareStep {
  kind: 'middleware';
  handlers: readonly Passed[];
  location: Location;
}

/** A scope below a path of another one. */
export interface MountStep {
  kind: 'mount';
  scope: Scope;
  prefix: string;
  location: Location;
  /** What was registered on the scope too late to be below the path: the framework had copied it. */
  without?: ReadonlySet<Step>;
}

/** What registrations are made on: an application, a router, a plugin's own instance, a controller. */
export interface Scope {
  framework: string;
  kind: 'application' | 'router' | 'plugin' | 'controller';
  location: Location;
  steps: Step[];
  /** What a factory made at one of its calls: it holds what the factory registered, and what its caller did. */
  copyOf?: Scope;
  /** `in-order`: middleware stands before what follows it; `whole`: before everything of its scope, wherever it is written. */
  middleware: 'in-order' | 'whole';
}

/** One endpoint after mounting. */
export interface ServerRoute {
  framework: string;
  method: string;
  /** A template of the notation that Express and Hono share: `/notes/:id`, `/files/*`. */
  path: string;
  /** The same as the framework writes it: `/notes/{id}`. */
  written: string;
  location: Location;
  /** The function that answers; null when it could not be followed. */
  handler: ServerFunction | null;
  handlerName: string;
  /** Everything a request for it passes, in order. */
  through: readonly Passed[];
  schema: Location | null;
}

/** A function that a manifest declares (serverless.yml, a SAM template), and the requests that a gateway gives it. */
export interface GatewayFunction {
  name: string;
  /** The file of its handler; null where the repository has none of that name. */
  file: string | null;
  /** The name that the file exports it by. */
  exported: string;
  /** Where the manifest declares it. */
  location: Location;
  requests: readonly { method: string; path: string; location: Location }[];
}

/** Requests that a function hands to an application by a proxy (`serverless-http`): the application's routes answer them. */
export interface Gate {
  name: string;
  /** What the proxy takes off the front of each path. */
  takesOff: string;
  routes: readonly RouteStep[];
  location: Location;
}

/** Something that a reader could not follow, said to the user as "not checked". */
export interface NotFollowed {
  framework: string;
  what: string;
  reason: string;
  location: Location | null;
}

/** What a repository serves, whatever it is written with. */
export interface ServerProgram {
  scopes: readonly Scope[];
  routes: readonly ServerRoute[];
  notFollowed: readonly NotFollowed[];
  /** Where a gateway leads to the applications; see `throughGates`. */
  gates: readonly Gate[];
  /** Where values go in the files that were read for it; null when no file names a framework. */
  flow: Flow | null;
}
