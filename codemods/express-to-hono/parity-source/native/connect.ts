import { parse } from 'node:querystring';
import type { Context, MiddlewareHandler } from 'hono';
import { cookieSecret } from '../cookies.ts';
import { needs } from '../needs.ts';
import { asError } from './as-error.ts';
import type { TrustProxy } from './client.ts';
import { lendConnected, lendResponse } from './connected-members.ts';
import { originalUrl } from './mount.ts';

/** What middleware of packages asks of Node's request and response, for one request of Hono's. */
interface Pair {
  // biome-ignore lint/suspicious/noExplicitAny: what middleware puts on a request is typed by the middleware, if at all
  request: any;
  response: ReturnType<typeof responseFor>;
  /** Called once the response has ended: with its body, where a package has answered. */
  ended: (text: string) => void;
  /** Whether a middleware before this one sees to the end of the response. */
  isLed?: boolean;
}

const PAIR = Symbol('what middleware of packages knows as request and response');

function pairOf(c: Context): Pair {
  const kept = c as Context & { [PAIR]?: Pair };
  kept[PAIR] ??= {
    request: requestFor(c),
    response: responseFor(c, (text) => kept[PAIR]?.ended(text)),
    ended: () => {},
  };
  return kept[PAIR];
}

/** What middleware of packages put on the request: `connected(c).session`, `connected(c).logIn(user, done)`. */
// biome-ignore lint/suspicious/noExplicitAny: the same
export function connected(c: Context): any {
  return pairOf(c).request;
}

/** Whether the connection is one of TLS, as the application trusts its proxies to say. */
type IsSecure = (c: Context) => boolean;

/**
 * Runs `(req, res, next)` middleware of a package as it is: express-session, passport, csurf, connect-flash. What has a part in
 * the end of an answer, as a session that is saved and sets its cookie, is done before the answer goes out.
 */
export function connect(handler: unknown, isSecure?: IsSecure, trust?: TrustProxy): MiddlewareHandler {
  const run = handler as (req: unknown, res: unknown, next: (error?: unknown) => void) => void;
  return async function connect(c, next) {
    const pair = pairOf(c);
    const { request, response } = pair;
    for (const name of ['body', 'cookies', 'signedCookies']) request[name] = c.get(name);
    request.query = c.get('keptQuery') ?? parse(/\?([^#]*)/.exec(request.url)?.[1] ?? '');
    request.secret = cookieSecret(c);
    if (isSecure) request.secure = isSecure(c);
    request.protocol = request.secure ? 'https' : 'http';
    const isOutermost = !pair.isLed;
    if (needs.connectedMembers && isOutermost) {
      lendConnected(c, request, trust);
      lendResponse(c, response);
    }
    pair.isLed = true;
    let isOn = false;
    const answer = new Promise<string | undefined>((resolve, reject) => {
      pair.ended = resolve;
      run(request, response, (error) => {
        // What fails once the handlers run comes too late for an error handler.
        if (isOn && error) console.error(error);
        isOn = true;
        if (error) reject(asError(error));
        else resolve(undefined);
      });
    });
    const text = await (isOutermost
      ? answer.catch((error) => endOf(pair).then(() => Promise.reject(error)))
      : answer);
    if (text !== undefined) return c.body(text === '' ? (null as never) : text);
    await next();
    if (isOutermost) await endOf(pair);
  };
}

/** Settled once all that stands around the end of the response has run: where a package has answered, it has. */
async function endOf(pair: Pair): Promise<void> {
  if (pair.response.headersSent) return;
  await new Promise<string>((resolve) => {
    pair.ended = resolve;
    pair.response.end();
  });
}

function requestFor(c: Context) {
  const url = originalUrl(c);
  const header = (name: string) => c.req.header(name);
  const isSecure = c.req.url.startsWith('https:');
  return {
    ...{ method: c.req.method, url, originalUrl: url, headers: c.req.header(), get: header, header },
    ...{ connection: { encrypted: isSecure }, secure: isSecure },
  };
}

function responseFor(c: Context, ended: (text: string) => void) {
  const sent: string[] = [];
  const end = () => {
    if (!response.headersSent) response.writeHead(response.statusCode);
    ended(sent.join(''));
  };
  const response = {
    headersSent: false,
    get statusCode(): number {
      return c.body(null).status;
    },
    set statusCode(status: number) {
      c.status(status as 200);
    },
    getHeader(name: string) {
      const { headers } = c.body(null);
      return /^set-cookie$/i.test(name) ? headers.getSetCookie() : (headers.get(name) ?? undefined);
    },
    setHeader(name: string, value: unknown) {
      c.header(name, undefined);
      for (const each of [value].flat()) c.header(name, String(each), { append: true });
      return response;
    },
    writeHead(status: number) {
      response.headersSent = true;
      response.statusCode = status;
      return response;
    },
    _implicitHeader: () => response.writeHead(response.statusCode),
    write: (text: unknown) => sent.push(String(text)) > 0,
    end(text?: unknown) {
      if (text != null) response.write(text);
      end();
      return response;
    },
    redirect(first: string | number, second?: string) {
      const [status, url] = typeof first === 'number' ? [first, second] : [302, first];
      response.statusCode = status;
      response.setHeader('Location', String(url).replace(/[^!-~]+/g, encodeURI));
      return response.end();
    },
  };
  return response;
}
