import type { Context, ErrorHandler } from 'hono';
import type { Router } from 'hono/router';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { SmartRouter } from 'hono/router/smart-router';
import { TrieRouter } from 'hono/router/trie-router';
import type { H, RouterRoute } from 'hono/types';

/** What was thrown and is no Error, on its way to the error handler. */
class Thrown extends Error {
  value: unknown;
  constructor(value: unknown) {
    super(String(value));
    this.value = value;
  }
}

const fail = (thrown: unknown): never => {
  throw thrown instanceof Error ? thrown : new Thrown(thrown);
};

/** Hono's own router, for handlers that throw texts and objects: Hono hands nothing but Errors to the error handler. */
export function carryValues(): Router<[H, RouterRoute]> {
  const router = new SmartRouter<[H, RouterRoute]>({ routers: [new RegExpRouter(), new TrieRouter()] });
  const add = router.add.bind(router);
  router.add = (method, path, [handler, route]) => {
    const run: H = (c, next) => {
      try {
        const answer: unknown = handler(c, next);
        return (answer instanceof Promise ? answer.catch(fail) : answer) as Promise<Response>;
      } catch (thrown) {
        return fail(thrown);
      }
    };
    add(method, path, [run, route]);
  };
  return router;
}

// biome-ignore lint/suspicious/noExplicitAny: what is thrown may be anything
type ValueHandler = (thrown: any, c: Context) => Response | Promise<Response>;

/** An error handler that is given what was thrown, as Express hands it over. */
export function givenValues(handler: ValueHandler): ErrorHandler {
  return (error, c) => handler(error instanceof Thrown ? error.value : error, c);
}
