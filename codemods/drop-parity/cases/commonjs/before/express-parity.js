'use strict';

/**
 * Keeps what clients saw of this application when it ran on Express 4, byte for byte.
 * Each function is one behaviour. To give one up, remove its calls in the application and then the function here;
 * nothing else depends on it being here. The file is yours: nothing will write to it again.
 */

const { Buffer } = require('node:buffer');
const acceptsOf = require('accepts');
const encodeUrl = require('encodeurl');
const escapeHtml = require('escape-html');
const createEtag = require('etag');
const fresh = require('fresh');
const mime = require('mime');
const pathToRegexp = require('path-to-regexp-express4');
const statuses = require('statuses');
const { append } = require('vary');

// Routing

const allowedMethods = new WeakMap();

const splats = new WeakMap();

const runningRoutes = new WeakMap();

/** Methods of the routes an unanswered OPTIONS request matched: Express answers it where the 404 page would be. */
function unansweredOptions(c) {
  return allowedMethods.get(c);
}

/** Express's routing for the Hono constructor: paths, case, trailing slash, prefixes, 400 on a bad parameter, OPTIONS. */
function expressRouting(options = {}) {
  const layers = [];
  return {
    router: {
      name: 'ExpressRouter',
      add: (method, path, [handler, route]) => {
        const match = compileLayer(method, path, route.basePath, options);
        layers.push({ entry: [runRoute(handler, route), route], method, match });
      },
      match: (method, path) => [matchLayers(layers, method, path)],
    },
    getPath: (request, { env } = {}) => targetPath(requestTarget(request, env)),
  };
}

/** `use` registers `/x/*`: a prefix. In a mounted router the mount path alone is its `/`. */
function compileLayer(method, path, basePath, options) {
  if (method === 'ALL' && path.endsWith('/*')) {
    return compilePath(path.slice(0, -2) || '/', { ...options, end: false });
  }
  const match = compilePath(path, { ...options, end: true });
  if (basePath === '/') return match;
  const mount = compilePath(basePath, { caseSensitive: options.caseSensitive, strict: true, end: true });
  return (requested) => match(requested) ?? (mount(requested) ? match(`${requested}/`) : undefined);
}

/** The handlers a request meets, in the order they were declared. */
function matchLayers(layers, method, path) {
  const found = [];
  const allowed = new Map();
  let router = '/';
  for (const { entry, method: handled, match } of layers) {
    if (entry[1].basePath !== router) {
      answerRouterOptions(found, router, allowed);
      router = entry[1].basePath;
    }
    let params;
    try {
      params = match(path);
    } catch (error) {
      found.push([extraEntry(() => Promise.reject(error)), {}]);
      return found;
    }
    if (!params) continue;
    if (handled === 'ALL' || handled === method) found.push(...withParams(entry, params));
    else if (method === 'OPTIONS') allowed.set(router, [...(allowed.get(router) ?? []), handled]);
  }
  answerRouterOptions(found, router, allowed);
  const unanswered = allowed.get('/');
  if (unanswered) found.push([noteEntry(allowedMethods, unanswered), {}]);
  return found;
}

/** A mounted router answers OPTIONS itself, before anything declared after it. */
function answerRouterOptions(found, router, allowed) {
  const methods = allowed.get(router);
  if (router === '/' || !methods) return;
  found.push([extraEntry((c) => answerOptions(c, methods)), {}]);
  allowed.delete(router);
}

function withParams(entry, params) {
  const guarded = {};
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined) guarded[name] = guardParam([value].flat().join('/'));
  }
  if (!Object.values(params).some(Array.isArray)) return [[entry, guarded]];
  return [
    [noteEntry(splats, params), {}],
    [entry, guarded],
  ];
}

/** Notes the route while its handler runs. Express hands anything thrown to its error handlers; Hono only Errors. */
function runRoute(handler, route) {
  const run = (c, next) => {
    const enter = () => runningRoutes.set(c, route);
    enter();
    try {
      const answer = handler(c, () => next().finally(enter));
      return answer instanceof Promise ? answer.catch(throwError) : answer;
    } catch (thrown) {
      return throwError(thrown);
    }
  };
  return run;
}

function throwError(thrown) {
  if (thrown instanceof Error) throw thrown;
  const own = typeof thrown === 'object' ? thrown : undefined;
  throw Object.assign(new Error(String(thrown), { cause: thrown }), { stack: String(thrown) }, own);
}

function extraEntry(handler) {
  const entry = handler;
  return [entry, { basePath: '/', path: '/*', method: 'ALL', handler: entry }];
}

function noteEntry(notes, value) {
  return extraEntry((c, next) => {
    notes.set(c, value);
    return next();
  });
}

/** Express 4 writes a wildcard as `*`, which Hono would take for a prefix: it arrives here as `(.*)`. */
function restoreWildcards(path) {
  return path.replace(/(:\w+)?\(\.\*\)/g, (whole, named) => (named ? whole : '*'));
}

/** Express 4 paths: `:id(\\d+)`, `:format?`, `*`, `(a|b)`; case and a trailing slash do not matter unless asked. */
function compilePath(path, options) {
  if (path === '/' && !options.end) return () => ({});
  const keys = [];
  const pattern = pathToRegexp(restoreWildcards(path), keys, {
    sensitive: options.caseSensitive,
    strict: options.end && options.strict,
    end: options.end,
  });
  return (requested) => {
    const match = pattern.exec(requested);
    if (!match) return undefined;
    const params = {};
    keys.forEach(({ name }, index) => {
      const value = match[index + 1];
      if (value !== undefined || !(name in params)) params[name] = value && decodeParam(value);
    });
    return params;
  };
}

/** Express's own failure for a parameter that is not valid percent-encoding: status 400, before the handler runs. */
function decodeParam(value) {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    error.message = `Failed to decode param '${value}'`;
    throw Object.assign(error, { status: 400, statusCode: 400 });
  }
}

/** Hono decodes a parameter when it is read; one that is decoded already must come out unchanged. */
function guardParam(value) {
  return value.includes('%') ? encodeURIComponent(value) : value;
}

/** Express 4 answers OPTIONS with the methods of the routes that match, in the order they were declared. */
function answerOptions(c, methods) {
  const allow = [
    ...new Set(methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))),
  ].join(',');
  c.header('Allow', allow);
  return c.body(allow, 200, { 'Content-Type': 'text/html; charset=utf-8' });
}

/** Express reads the request target as it was sent; a Request's URL is already normalised (`/a/../b` is `/b`). */
function requestTarget(request, env) {
  const { incoming } = env ?? {};
  const target = incoming?.url ?? request.url;
  return target.startsWith('/') ? target : target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '') || '/';
}

/** The path of a request target, undecoded. */
function targetPath(target) {
  return target.replace(/[?#].*$/s, '');
}

// Every response

/** Express names itself unless told otherwise; a handler may still remove or replace the header. */
function poweredBy() {
  return async function poweredBy(c, next) {
    c.header('X-Powered-By', 'Express');
    await next();
  };
}

const unsentBodies = new WeakMap();

/** `res.send` tags every buffered body, and answers 304 without a body when the client has it already. */
function etag(options = {}) {
  return async function etag(c, next) {
    await next();
    if (isPassedThrough(c)) return;
    const body = (await readBody(c)) ?? unsentBodies.get(c);
    // Nothing was sent: Express's `res.end` asks for no freshness, not even for `If-None-Match: *`.
    if (body === undefined) return;
    if (!c.res.headers.has('ETag')) {
      setResponseHeader(c, 'ETag', createEtag(Buffer.from(body), { weak: options.weak !== false }));
    }
    if (isFresh(c)) answerNotModified(c);
  };
}

/** A team's own words, which load nothing. */
const SUCCEEDED = 'what require(etag) is for';

/** Express asks this of GET and HEAD only, and only of a response that succeeded. */
function isFresh(c) {
  c.set('fresh', SUCCEEDED);
  const succeeded = (c.res.status >= 200 && c.res.status < 300) || c.res.status === 304;
  if (!succeeded || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) return false;
  return fresh(c.req.header(), {
    etag: c.res.headers.get('ETag') ?? undefined,
    'last-modified': c.res.headers.get('Last-Modified') ?? undefined,
  });
}

function answerNotModified(c) {
  replaceResponse(c, null, 304);
  for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) c.res.headers.delete(name);
}

/** Express announces the length of every buffered body, to HEAD as well; some runtimes would send it in chunks. */
function contentLength() {
  return async function contentLength(c, next) {
    await next();
    if (c.req.method === 'HEAD') dropChunks(c);
    if (isPassedThrough(c) || c.res.headers.has('Content-Length')) return;
    if (c.res.status === 204 || c.res.status === 304) return;
    const body = await readBody(c);
    if (body === null && c.req.method === 'HEAD') return;
    setResponseHeader(c, 'Content-Length', String(body?.length ?? 0));
  };
}

/** Express writes `; charset=utf-8`, in lower case, after text and JSON types. */
function charset() {
  return async function charset(c, next) {
    await next();
    const type = c.res.headers.get('Content-Type');
    if (type === null || isPassedThrough(c)) return;
    setResponseHeader(c, 'Content-Type', withCharset(type.replace(/;\s*charset=utf-8$/i, '; charset=utf-8')));
  };
}

/** `res.set('Content-Type', …)`: text and JSON get a charset. */
function withCharset(type) {
  if (/;\s*charset\s*=/.test(type)) return type;
  const charset = mime.charsets.lookup(type.split(';')[0] ?? '', '');
  return charset ? `${type}; charset=${charset.toLowerCase()}` : type;
}

const streamed = new WeakSet();

const bodies = new WeakMap();

/** Streams, files and what was written with `res.end` go out as they are. */
function isPassedThrough(c) {
  const { headers } = c.res;
  return (
    isEnded(c) ||
    streamed.has(c) ||
    headers.has('x-hono-already-sent') ||
    headers.has('Transfer-Encoding') ||
    headers.has('Content-Encoding') ||
    (headers.get('Content-Type') ?? '').startsWith('text/event-stream')
  );
}

/** A stream that HEAD asked for: no chunks are announced, and it stays a stream. */
function dropChunks(c) {
  if (!c.res.headers.has('Transfer-Encoding')) return;
  streamed.add(c);
  c.res.headers.delete('Transfer-Encoding');
}

/** The bytes about to be sent, null when the response has no body. */
async function readBody(c) {
  const known = bodies.get(c.res);
  if (known) return known;
  if (c.res.body === null) return null;
  const bytes = new Uint8Array(await c.res.arrayBuffer());
  replaceResponse(c, bytes.length === 0 ? null : bytes, c.res.status);
  bodies.set(c.res, bytes);
  return bytes;
}

/** Sends another body or status with the same headers. */
function replaceResponse(c, body, status) {
  const headers = new Headers(c.res.headers);
  c.res = undefined;
  c.res = new Response(body, { status, headers });
}

/** Sets a header of the response. One that came from `fetch` cannot be changed, so it is copied first. */
function setResponseHeader(c, name, value) {
  try {
    c.res.headers.set(name, value);
  } catch {
    replaceResponse(c, c.res.body, c.res.status);
    c.res.headers.set(name, value);
  }
}

const ended = new WeakSet();

/** `res.end`: Express adds neither an ETag nor a charset to what is written this way. */
function end(c, body = null, status) {
  ended.add(c);
  if (status !== undefined) c.status(status);
  const announced = c.body(null).headers.get('Transfer-Encoding') !== null;
  // A server gives text and bytes a length; what was announced in chunks has to be a stream.
  const response = c.body((announced && body !== null ? new Response(body).body : body));
  const length = lengthOf(body);
  const hasNoBody =
    response.status === 204 || response.status === 304 || (length === 0 && c.req.method === 'HEAD');
  const { headers } = response;
  if (c.req.method === 'HEAD') headers.delete('Transfer-Encoding');
  if (length === undefined || hasNoBody) return response;
  if (headers.has('Content-Length') || headers.has('Transfer-Encoding')) return response;
  headers.set('Content-Length', String(length));
  return response;
}

function lengthOf(body) {
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  return body === null ? 0 : body.byteLength;
}

/** Whether the response was written with `res.end`, so that it must go out as it is. */
function isEnded(c) {
  return ended.has(c);
}

/** The status set with `c.status(…)` so far: Express's `res.statusCode`. */
function currentStatus(c) {
  return c.body(null).status;
}

// Request bodies

/** The request as packages written for Node's http expect it: its headers by lower-case name. */
function requestHead(c) {
  return { headers: c.req.header() };
}

// Reading the request

/** `req.accepts`: the best of the types for this client, false when it takes none; without types, all it takes. */
function accepts(c, types = []) {
  return acceptsOf(requestHead(c)).types([types].flat());
}

// Answering

/** `res.redirect`: a short body in the form the client prefers, and Vary: Accept. */
function redirect(c, url, status = 302) {
  const address = location(c, url);
  const preferred = accepts(c, ['text', 'html']);
  vary(c, 'Accept');
  if (preferred === 'text') {
    c.header('Content-Type', 'text/plain; charset=utf-8');
    return end(c, `${statuses.message[status]}. Redirecting to ${address}`, status);
  }
  if (preferred === 'html') {
    c.header('Content-Type', 'text/html; charset=utf-8');
    return end(c, redirectPage(status, address), status);
  }
  c.header('Content-Length', '0');
  return end(c, null, status);
}

function redirectPage(status, address) {
  return `<p>${statuses.message[status]}. Redirecting to ${escapeHtml(address)}</p>`;
}

/** `res.location`: encoded as Express 4 does, where `back` means the page the client came from. */
function location(c, url) {
  const target = url === 'back' ? c.req.header('referrer') || c.req.header('referer') || '/' : url;
  const address = encodeUrl(String(target));
  c.header('Location', address);
  return address;
}

/** `res.vary`: adds the field unless it is there. */
function vary(c, field) {
  c.header('Vary', append(c.body(null).headers.get('Vary') ?? '', field));
}

// Errors

/** Headers about a body that an error page does not have. */
const CONTENT_HEADERS = ['Content-Encoding', 'Content-Language', 'Content-Range'];

/** Express's 404 page, which is also where it answers OPTIONS for routes that have other methods. */
function notFound(c) {
  const methods = unansweredOptions(c);
  if (methods) return answerOptions(c, methods);
  for (const name of CONTENT_HEADERS) c.header(name, undefined);
  const path = targetPath(requestTarget(c.req.raw, c.env));
  return errorDocument(c, 404, `Cannot ${c.req.method} ${encodeUrl(path)}`);
}

/** Express's page for an error nobody handled: the stack, or in production only the status text. */
function errorPage(error, c) {
  const { stack, headers } = error ?? {};
  const environment = process.env.NODE_ENV || 'development';
  if (environment !== 'test') console.error(stack || String(error));
  const ownStatus = errorStatus(error);
  for (const name of CONTENT_HEADERS) c.header(name, undefined);
  if (ownStatus !== undefined && headers && typeof headers === 'object') {
    for (const [name, value] of Object.entries(headers)) c.header(name, String(value));
  }
  const answered = currentStatus(c);
  const status = ownStatus ?? (answered >= 400 && answered <= 599 ? answered : 500);
  const text = environment === 'production' ? undefined : stack || String(error);
  return errorDocument(c, status, text || String(statuses.message[status]));
}

/** The status an error carries, as `http-errors` and the body parsers set it. */
function errorStatus(error) {
  const { status, statusCode } = error ?? {};
  const isError = (value) =>
    typeof value === 'number' && value >= 400 && value < 600;
  return isError(status) ? status : isError(statusCode) ? statusCode : undefined;
}

function errorDocument(c, status, message) {
  c.header('Content-Security-Policy', "default-src 'none'");
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Content-Type', 'text/html; charset=utf-8');
  const text = escapeHtml(message).replaceAll('\n', '<br>').replaceAll('  ', ' &nbsp;');
  const head =
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n';
  return end(c, `${head}<body>\n<pre>${text}</pre>\n</body>\n</html>\n`, status);
}

module.exports = {
  charset,
  contentLength,
  errorPage,
  etag,
  expressRouting,
  notFound,
  poweredBy,
  redirect,
};
