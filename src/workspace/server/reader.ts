import type { Location } from '../../model/location.ts';
import type { Flow, FlowOptions } from '../syntax/flow/flow.ts';
import type { ExternalValue } from '../syntax/flow/values.ts';
import type { Modules } from '../syntax/modules.ts';
import type { Arguments } from './arguments.ts';
import type { Handlers } from './handlers.ts';
import type { Gate, GatewayFunction, Scope } from './model.ts';

/** What a reader is given. */
export interface Reading {
  modules: Modules;
  /** Files that may be read: the application's own. */
  isOwn(path: string): boolean;
  flow: Flow;
  handlers: Handlers;
  arguments: Arguments;
  /** What manifests declare; empty where none does. */
  gateway: readonly GatewayFunction[];
  /** Says that requests are handed to an application. */
  gate(gate: Gate): void;
  /** Says that something was not followed. */
  notFollowed(what: string, reason: string, location: Location | null): void;
}

/** Reads what one framework serves. A reader that throws becomes a "not checked" line. */
export interface Reader {
  /** The package people install: `fastify`; `node:http` for none. */
  framework: string;
  title: string;
  /** Whether a file has to do with it, by the packages it imports and its text. Others are read when such a file imports them. */
  concerns(path: string, modules: Modules, gateway: readonly GatewayFunction[]): boolean;
  /** How values of its packages flow, by module. */
  rules?: FlowRules;
  /** Called before values flow: what arrives at calls of the framework can be handed on. */
  begin?(reading: Reading): void;
  /** Called once values have settled. */
  read(reading: Reading): Scope[];
  /** Whether a value of another module is the framework's own, and no middleware of a package. */
  isOwn?(value: ExternalValue): boolean;
  /** Its applications are parts of each other: nothing else tells a part from the whole. */
  isPart?: boolean;
  /** No framework, but what Node itself has: found beside others, too. */
  isPlain?: boolean;
  /** The path of a mounted scope's step. Default: both joined by one slash. */
  join?(prefix: string, path: string): string;
  /** A path of the framework's in the notation that Express and Hono share. */
  template?(written: string): string;
}

export interface FlowRules {
  /** Modules that the rules are for. */
  modules: ReadonlySet<string>;
  normalise?: NonNullable<FlowOptions['normalise']>;
  tracks?: NonNullable<FlowOptions['tracks']>;
  /** Values of which each call of a factory makes its own: applications, routers. */
  isFresh?: NonNullable<FlowOptions['isFresh']>;
}
