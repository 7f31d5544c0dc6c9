// Requests without a server, for tests.
import type { App, Loose } from './types.ts';

/** Sends a request to the application: `inject('/notes')`, `inject({ method, url, query, headers, cookies, payload })`. */
export async function inject(app: App, asked: Loose): Promise<Loose> {
  const {
    method = 'GET',
    url,
    path = url,
    query,
    headers = {},
    cookies,
    payload,
    body = payload,
  } = typeof asked === 'string' ? { url: asked } : asked;
  const target = new URL(typeof path === 'string' ? path : path.pathname, 'http://localhost:80');
  for (const [name, value] of Object.entries(query ?? path.query ?? {}))
    for (const each of [value].flat()) target.searchParams.append(name, String(each));
  const sent = new Headers(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  if (!sent.has('host')) sent.set('host', 'localhost:80');
  if (!sent.has('user-agent')) sent.set('user-agent', 'lightMyRequest');
  if (cookies)
    sent.set(
      'cookie',
      Object.entries(cookies)
        .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
        .join('; '),
    );
  const isPlain = typeof body === 'object' && body !== null && !ArrayBuffer.isView(body);
  if (isPlain && !sent.has('content-type')) sent.set('content-type', 'application/json');
  const data = isPlain ? JSON.stringify(body) : body;
  const hasBody = data !== undefined && data !== null && !/^(?:GET|HEAD)$/i.test(method);
  if (hasBody && !sent.has('content-length')) sent.set('content-length', String(new Blob([data]).size));
  const request = new Request(target, {
    method: method.toUpperCase(),
    headers: sent,
    ...(hasBody && { body: data }),
  });
  const response = await app.fetch(request);
  const rawPayload = Buffer.from(await response.arrayBuffer());
  const text = rawPayload.toString();
  const found: Record<string, Loose> = {};
  for (const [name, value] of response.headers) if (name !== 'set-cookie') found[name] = value;
  const lines = response.headers.getSetCookie();
  if (lines.length > 0) found['set-cookie'] = lines.length === 1 ? lines[0] : lines;
  found['content-length'] ??= String(rawPayload.length);
  return {
    ...{
      statusCode: response.status,
      statusMessage: response.statusText,
      headers: found,
      payload: text,
      body: text,
      rawPayload,
    },
    json: () => JSON.parse(text),
    cookies: lines.map(cookieOf),
  };
}

/** A line of `Set-Cookie` as an object: `{ name, value, path, httpOnly, … }`. */
function cookieOf(line: string): Loose {
  const [pair = '', ...attributes] = line.split(/;\s*/);
  const at = pair.indexOf('=');
  const cookie: Loose = { name: pair.slice(0, at), value: decodeURIComponent(pair.slice(at + 1)) };
  for (const each of attributes) {
    const [name = '', value] = each.split(/=(.*)/s);
    const key = name.toLowerCase();
    if (key === 'expires') cookie.expires = new Date(value ?? '');
    else if (key === 'max-age') cookie.maxAge = Number(value);
    else if (key === 'httponly') cookie.httpOnly = true;
    else if (key === 'secure') cookie.secure = true;
    else if (key === 'samesite') cookie.sameSite = value;
    else cookie[key] = value;
  }
  return cookie;
}
