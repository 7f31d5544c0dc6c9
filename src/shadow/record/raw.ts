import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { RawHeaders } from '../../model/exchange.ts';

/** `rawHeaders` of Node as pairs. */
export function pairs(raw: readonly string[]): RawHeaders {
  const out: RawHeaders = [];
  for (let i = 0; i + 1 < raw.length; i += 2) out.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return out;
}

/**
 * A request to upstream with exactly these headers: their case, order and number. Node adds `Connection` and
 * `Transfer-Encoding` to a plain list of headers that lacks them, and leaves them out only where headers are set one by
 * one; that way in turn puts repeated names side by side, so it is taken where they are.
 */
export function sendRaw(
  upstream: URL,
  agent: Agent,
  req: IncomingMessage,
  raw: readonly string[],
  maxHeaderSize: number,
): ClientRequest {
  const options = {
    ...{
      host: upstream.hostname.replace(/^\[|\]$/g, ''),
      port: upstream.port || undefined,
      agent,
      maxHeaderSize,
    },
    ...{ method: req.method, path: req.url, setDefaultHeaders: false, setHost: false },
  };
  const { request } = upstream.protocol === 'https:' ? https : http;
  const grouped = group(pairs(raw));
  if (!grouped) return request({ ...options, headers: [...raw] });
  const out = request(options);
  for (const name of ['connection', 'transfer-encoding', 'content-length'])
    if (req.headers[name] === undefined) out.removeHeader(name);
  for (const [name, values] of grouped) out.setHeader(name, values.length === 1 ? (values[0] ?? '') : values);
  return out;
}

/** Values by name in order; null when a name is repeated elsewhere, in another case, or must not be joined. */
function group(headers: RawHeaders): Map<string, string[]> | null {
  const grouped = new Map<string, string[]>();
  const seen = new Set<string>();
  let last = '';
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (seen.has(key) && (last !== name || key === 'cookie')) return null;
    seen.add(key);
    grouped.set(name, [...(grouped.get(name) ?? []), value]);
    last = name;
  }
  return grouped;
}
