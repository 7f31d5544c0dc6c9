import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Context } from 'hono';
import proxyAddr from 'proxy-addr';
import { remoteAddress } from './connection.ts';

/** Proxies that are trusted: all, a number of them, or addresses. */
export type TrustProxy = boolean | number | string | string[] | ((address: string, hop: number) => boolean);

/** `req.ip`: the address of the client, behind the proxies that are trusted. */
export function clientIp(c: Context, trust: TrustProxy = false): string | undefined {
  return proxyAddr(requestOf(c), compileTrust(trust));
}

/** `req.ips`: the addresses that trusted proxies name, the farthest first. */
export function clientIps(c: Context, trust: TrustProxy = false): string[] {
  return proxyAddr.all(requestOf(c), compileTrust(trust)).slice(1).reverse();
}

/** `req.protocol`: `http` or `https`, as a trusted proxy says. */
export function protocol(c: Context, trust: TrustProxy = false): string {
  return forwarded(c, trust, 'proto') ?? c.req.url.slice(0, c.req.url.indexOf(':'));
}

/** `req.host`: the host with its port, as a trusted proxy says. */
export function host(c: Context, trust: TrustProxy = false): string | undefined {
  return forwarded(c, trust, 'host') ?? c.req.header('host');
}

/** `req.hostname`: the host without its port. */
export function hostname(c: Context, trust: TrustProxy = false): string | undefined {
  return (forwarded(c, trust, 'host') ?? c.req.header('host'))?.replace(/:\d*$/, '');
}

/** `req.subdomains`: what stands before the domain, the nearest first. */
export function subdomains(c: Context, trust: TrustProxy = false): string[] {
  const name = hostname(c, trust) ?? '';
  return isIP(name) ? [] : name.split('.').reverse().slice(2);
}

function forwarded(c: Context, trust: TrustProxy, name: 'proto' | 'host'): string | undefined {
  if (!compileTrust(trust)(remoteAddress(c) ?? '', 0)) return undefined;
  return c.req.header(`x-forwarded-${name}`)?.split(',')[0]?.trim() || undefined;
}

/** What `proxy-addr` asks of a request. */
function requestOf(c: Context): IncomingMessage {
  const request = { headers: c.req.header(), socket: { remoteAddress: remoteAddress(c) } };
  return request as unknown as IncomingMessage;
}

/** Whether the proxy at an address, so many hops away, is believed. */
export function compileTrust(trust: TrustProxy): (address: string, hop: number) => boolean {
  if (typeof trust === 'function') return trust;
  if (typeof trust === 'number') return (_address, hop) => hop < trust;
  if (typeof trust === 'boolean') return () => trust;
  const list = String(trust);
  const known = compiled.get(list) ?? proxyAddr.compile(list.split(/\s*,\s*/));
  compiled.set(list, known);
  return known;
}

/** Lists of addresses, which are settings, by their text. */
const compiled = new Map<string, ReturnType<typeof proxyAddr.compile>>();
