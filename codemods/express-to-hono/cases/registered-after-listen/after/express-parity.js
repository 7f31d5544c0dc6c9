'use strict';

/**
 * Keeps what clients saw of this application when it ran on Express 4, where Hono does otherwise.
 * What nothing imports any more can go. The file is yours: nothing will write to it again.
 */

const { getRequestListener } = require('@hono/node-server');

/**
 * Express's application with a Hono application beside it: a request that one of Hono's routes answers is Hono's from
 * first to last, every other one is Express's and reaches it untouched. All else (`listen`, `set`, `locals`, …) is Express's.
 */
function besideExpress(hono, express) {
  const { handle } = express;
  const answer = getRequestListener(hono.fetch, { hostname: 'localhost' });
  const listener = (request, response, ...rest) =>
    isTaken(hono, request) ? answer(request, response) : handle.call(express, request, response, ...rest);
  return Object.assign(express, { handle: listener });
}

/** Whether one of Hono's own routes is for a request. What is spelled in an odd way is Express's. */
function isTaken(hono, { method = 'GET', url = '' }) {
  const [path = ''] = (url.replace(/^https?:\/\/[^/?]*/i, '') || '/').split(/[?#]/);
  const seen = hono.getPath({ url: `http://localhost${path || '/'}` });
  const verb = method === 'HEAD' ? 'GET' : method;
  const isFor = (asked) => hono.router.match(verb, asked)[0].some(([[, route]]) => route.method !== 'ALL');
  return !path.includes('%') && isFor(seen);
}

module.exports = { besideExpress };
