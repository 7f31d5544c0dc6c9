import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from 'hono';
import type { TrustProxy } from './client.ts';
import { withCharset } from './express4/content-types.ts';
import { redirect } from './redirect.ts';
import { json, send, sendStatus } from './send.ts';
import { type CookieOptions, setCookie } from './set-cookie.ts';

/**
 * Express's ways to answer, on Node's response: for middleware that answers by `res.status(…).send(…)`. What it answers
 * goes out as the answers of the application itself.
 */
export function expressAnswers(c: Context, trust: TrustProxy, answer: (make: () => Response) => void): void {
  const { incoming, outgoing } = c.env as { incoming: IncomingMessage; outgoing: ServerResponse };
  const setting = (name: string) => (name === 'trust proxy' ? trust : undefined);
  Object.assign(incoming, { app: { get: setting } });
  const set = (name: string | Record<string, string>, value?: unknown): ServerResponse => {
    for (const [key, each] of typeof name === 'string' ? [[name, value] as const] : Object.entries(name)) {
      const text = Array.isArray(each) ? each.map(String) : String(each);
      outgoing.setHeader(key, /^content-type$/i.test(key) ? withCharset(String(text)) : text);
    }
    return outgoing;
  };
  Object.assign(outgoing, {
    ...{ set, header: set },
    get: (name: string) => outgoing.getHeader(name),
    append: (name: string, value: string | string[]) =>
      set(name, [outgoing.getHeader(name) ?? [], value].flat() as never),
    status: (code: number) => Object.assign(outgoing, { statusCode: code }),
    cookie: (name: string, value: unknown, options?: CookieOptions) => {
      setCookie(c, name, value, options);
      const [added = ''] = c.body(null).headers.getSetCookie().slice(-1);
      const before = [outgoing.getHeader('Set-Cookie') ?? []].flat();
      return outgoing.setHeader('Set-Cookie', [...before, added] as string[]);
    },
    send: (value?: unknown) => answer(() => send(c, value)),
    json: (value?: unknown) => answer(() => json(c, value)),
    sendStatus: (code: number) => answer(() => sendStatus(c, code)),
    redirect: (first: string | number, second?: string | number) => {
      const [status, url] = typeof first === 'number' ? [first, String(second)] : [302, first];
      answer(() => redirect(c, url, status));
    },
  });
}
