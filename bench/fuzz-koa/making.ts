import type { Random } from '../fuzz-express/random.ts';

/** A program while it is made. */
export interface Making {
  random: Random;
  koa: 2 | 3;
  /** The release of the router reads paths by path-to-regexp 8. */
  modern: boolean;
  esm: boolean;
  /** Names of packages that the program loads, by the name they have in it. */
  packages: Map<string, string>;
  /** What stands before the application: helpers and middleware with names. */
  head: string[];
  /** What requests can be for. */
  targets: Target[];
  count: number;
  /** `ctx.request.body` is there. */
  parsed: boolean;
  /** `ctx.params` is there: a router calls what is made. */
  routed: boolean;
  /** `ctx.session` is there. */
  session: boolean;
}

/** A path that something is registered for. */
export interface Target {
  method: string;
  path: string;
}

/** A new name. */
export const named = (making: Making, base: string): string => `${base}${++making.count}`;

/** The local name of a package. */
export function load({ packages }: Making, name: string, local: string): string {
  packages.set(local, name);
  return local;
}
