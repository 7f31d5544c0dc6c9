// Parts of Fastify's application, and what each has beside what Fastify shows of it.
import type { Parser } from './types.ts';

/** Hooks that Hono's side answers, in the order in which a request passes them. */
export const HOOKS = ['onRequest', 'preValidation', 'preHandler', 'onSend', 'onResponse', 'onError'] as const;

/** Hooks that run before a handler. */
export const GUARDS: readonly string[] = HOOKS.slice(0, 3);

/** What a part of the application has beside what Fastify shows. */
export interface Part {
  variables: Map<string, unknown>;
  parsers: (Omit<Parser, 'parse'> & { parse: Parser['parse'] | null })[];
  isOdd: boolean;
}

const parts = new WeakMap<object, Part>();
/** The error handlers of parts that were given one, the nearest first. */
const errorHandlers = new WeakMap<object, readonly unknown[]>();

/** The error handlers that a part has by now: a route keeps those that it finds as it is registered. */
export function errorHandlersOf(app: object): readonly unknown[] {
  for (let at = app; at !== null; at = Object.getPrototypeOf(at)) {
    const known = errorHandlers.get(at);
    if (known !== undefined) return known;
  }
  return [];
}

export const addErrorHandler = (app: object, handler: unknown): void =>
  void errorHandlers.set(app, [handler, ...errorHandlersOf(app)]);

export function partOf(app: object): Part {
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
