// Hands a request to the origin and the origin's answer back, both as they come: nothing is held, nothing is unpacked.

/** Fields about one connection, not about the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'proxy-connection',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
];

/**
 * @param {Request} request
 * @param {{ ORIGIN_URL: string, ORIGIN_TIMEOUT_MS?: string, BEHIND_PROXY?: string }} env
 * @returns {Promise<Response>}
 */
export async function toOrigin(request, env) {
  const limit = new AbortController();
  // Until the answer begins: a stream may last.
  const timer = setTimeout(() => limit.abort(), Number(env.ORIGIN_TIMEOUT_MS ?? 30_000));
  try {
    // From the request itself: a GET with a body could not be made otherwise.
    const answer = await fetch(new Request(originUrl(request.url, env.ORIGIN_URL), request), {
      headers: requestHeaders(request, env),
      // What the origin says is what the client gets: redirects are not followed, nothing is cached here.
      redirect: 'manual',
      signal: limit.signal,
    });
    // The two ends of a WebSocket are in it.
    if (answer.status === 101) return answer;
    const { status, statusText, body } = answer;
    return new Response(body, { status, statusText, headers: endToEnd(answer.headers) });
  } catch {
    return limit.signal.aborted
      ? new Response('The origin did not answer in time.\n', { status: 504 })
      : new Response('The origin cannot be reached.\n', { status: 502 });
  } finally {
    clearTimeout(timer);
  }
}

/** Joined as texts: a path of `//host` must not become a host. */
function originUrl(url, origin) {
  const { pathname, search } = new URL(url);
  return origin.replace(/\/+$/, '') + pathname + search;
}

function requestHeaders(request, { BEHIND_PROXY }) {
  const headers = endToEnd(request.headers);
  if (request.headers.get('upgrade')?.toLowerCase() === 'websocket') headers.set('upgrade', 'websocket');
  const { protocol, host } = new URL(request.url);
  const client = request.headers.get('cf-connecting-ip');
  if (client !== null) headers.append('x-forwarded-for', client);
  const isKept = (name) => BEHIND_PROXY === 'on' && headers.has(name);
  if (!isKept('x-forwarded-proto')) headers.set('x-forwarded-proto', protocol.slice(0, -1));
  if (!isKept('x-forwarded-host')) headers.set('x-forwarded-host', host);
  return headers;
}

/** The fields without those of the connection, and without those that `Connection` names. */
function endToEnd(from) {
  const headers = new Headers(from);
  const named = from.get('connection')?.split(',') ?? [];
  for (const name of [...HOP_BY_HOP, ...named.map((each) => each.trim())])
    if (name !== '') headers.delete(name);
  return headers;
}
