import { STATUS_CODES } from 'node:http';
import type { Context } from 'hono';
import { setCookie as setHonoCookie } from 'hono/cookie';
import { needs } from '../needs.ts';
import { targetPath } from '../target.ts';
import { clientIp, hostname, type TrustProxy } from './client.ts';
import { locals } from './locals.ts';
import { mountedUrl, originalUrl } from './mount.ts';

/** Node's own members, as far as those of Express stand on them. */
interface NodeResponse {
  statusCode: number;
  getHeader(name: string): unknown;
  setHeader(name: string, value: unknown): unknown;
  end(text?: string): unknown;
}

/** What Express adds to a request, where middleware of packages asks for it. */
export function lendConnected(c: Context, request: object, trust: TrustProxy = false): void {
  const url = () => mountedUrl(c, originalUrl(c)).url;
  const asked = {
    ...{
      url,
      path: () => targetPath(url()),
      ip: () => clientIp(c, trust),
      hostname: () => hostname(c, trust),
    },
    xhr: () => /^xmlhttprequest$/i.test(c.req.header('x-requested-with') ?? ''),
  };
  for (const [name, get] of Object.entries(asked))
    Object.defineProperty(request, name, { get, configurable: true, enumerable: true });
}

/** What Express adds to a response: its locals, and its ways to set headers and to answer. */
export function lendResponse(c: Context, response: NodeResponse): void {
  const set = (name: string | Record<string, unknown>, value?: unknown) => {
    const all = typeof name === 'string' ? [[name, value] as const] : Object.entries(name);
    for (const [key, held] of all) response.setHeader(key, held);
    return response;
  };
  const sendAs = (type: string, text: string) => {
    if (response.getHeader('Content-Type') === undefined) response.setHeader('Content-Type', type);
    return response.end(text);
  };
  const json = (value: unknown) => sendAs('application/json', JSON.stringify(value));
  const sendStatus = (code: number) => {
    response.statusCode = code;
    return sendAs('text/plain; charset=utf-8', STATUS_CODES[code] ?? String(code));
  };
  Object.assign(response, {
    locals: locals(c),
    ...{ set, header: set, json, sendStatus },
    status(code: number) {
      response.statusCode = code;
      return response;
    },
    append(name: string, value: unknown) {
      for (const each of [value].flat()) c.header(name, String(each), { append: true });
      return response;
    },
    cookie(name: string, value: unknown, { maxAge, ...options }: Record<string, unknown> = {}) {
      const text = typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value);
      const age = Number(maxAge);
      const end =
        maxAge == null ? {} : { maxAge: Math.floor(age / 1000), expires: new Date(Date.now() + age) };
      setHonoCookie(c, name, text, { path: '/', ...options, ...end });
      return response;
    },
    send(value?: unknown) {
      if (ArrayBuffer.isView(value))
        throw new TypeError('Middleware answers with bytes here, which are not sent.');
      if (value == null) return response.end();
      if (needs.numbersAreStatus && typeof value === 'number') return sendStatus(value);
      return typeof value === 'string' ? sendAs('text/html; charset=utf-8', value) : json(value);
    },
  });
}
