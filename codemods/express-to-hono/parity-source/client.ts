import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Context } from 'hono';
import proxyAddr from 'proxy-addr';

/** Express's `trust proxy` setting: all, a number of hops, addresses and subnets, or a function. */
export type TrustProxy = boolean | number | string | string[] | ((address: string, hop: number) => boolean);

/** `req.ip`: the address of the client, behind the proxies that are trusted. */
export function clientIp(c: Context, trust: TrustProxy = false): string | undefined {
  return proxyAddr(connectionOf(c) as IncomingMessage, compileTrust(trust));
}

/** `req.ips`: the addresses that trusted proxies name, the farthest first. */
export function clientIps(c: Context, trust: TrustProxy = false): string[] {
  return proxyAddr
    .all(connectionOf(c) as IncomingMessage, compileTrust(trust))
    .slice(1)
    .reverse();
}

/** `req.protocol`: `http` or `https`, as a trusted proxy says. */
export function protocol(c: Context, trust: TrustProxy = false): string {
  const { socket } = connectionOf(c);
  const own = (socket as Partial<TLSSocket>).encrypted ? 'https' : c.req.url.slice(0, c.req.url.indexOf(':'));
  if (!compileTrust(trust)(socket.remoteAddress ?? '', 0)) return own;
  return (c.req.header('x-forwarded-proto') || own).split(',')[0]?.trim() ?? own;
}

/** `req.host` of Express 5: the host with its port, as a trusted proxy says. */
export function host(c: Context, trust: TrustProxy = false): string | undefined {
  const { socket } = connectionOf(c);
  const forwarded = compileTrust(trust)(socket.remoteAddress ?? '', 0)
    ? c.req.header('x-forwarded-host')
    : undefined;
  return (forwarded ? forwarded.split(',')[0]?.trimEnd() : c.req.header('host')) || undefined;
}

/** `req.hostname`: the host without its port. */
export function hostname(c: Context, trust: TrustProxy = false): string | undefined {
  const whole = host(c, trust);
  return whole ? /^(\[[^\]]*\]|[^:]*)/.exec(whole)?.[0] : undefined;
}

/** `req.subdomains`: what stands before the domain, the nearest first. */
export function subdomains(c: Context, trust: TrustProxy = false): string[] {
  const name = hostname(c, trust) ?? '';
  return isIP(name) ? [] : name.split('.').reverse().slice(2);
}

function connectionOf(c: Context): {
  headers: Record<string, string | undefined>;
  socket: { remoteAddress?: string | undefined };
} {
  const { incoming } = (c.env ?? {}) as { incoming?: IncomingMessage };
  const address = incoming?.socket.remoteAddress ?? c.req.header('cf-connecting-ip');
  const headers = { 'x-forwarded-for': c.req.header('x-forwarded-for') };
  return { headers, socket: incoming?.socket ?? { remoteAddress: address } };
}

/** Lists of addresses, which are settings, by their text. */
const compiledTrust = new Map<string, (address: string, hop: number) => boolean>();

/** Whether the proxy at an address, so many hops away, is believed. */
export function compileTrust(trust: TrustProxy): (address: string, hop: number) => boolean {
  if (typeof trust === 'function') return trust;
  if (trust === true) return () => true;
  if (typeof trust === 'number') return (_address, hop) => hop < trust;
  const known = typeof trust === 'string' ? compiledTrust.get(trust) : undefined;
  if (known !== undefined) return known;
  const ranges = typeof trust === 'string' ? trust.split(',').map((range) => range.trim()) : trust || [];
  const compiled = proxyAddr.compile(ranges);
  if (typeof trust === 'string') compiledTrust.set(trust, compiled);
  return compiled;
}
