import { BlockList, isIPv6 } from 'node:net';
import type { Context } from 'hono';

/** The address at the other end of the connection. */
export type PeerOf = (c: Context) => string | undefined;

/** Who asks, and under which address, as the reverse proxy tells it. */
export interface Client {
  ip: string | undefined;
  secure: boolean;
  /** The address that the client used, with another path. */
  url(path: string): string;
}

// The reverse proxy runs on this machine: only it may say who the client is.
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');
const isLoopback = (address: string): boolean => LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/** Reads `X-Forwarded-For`, `-Proto` and `-Host` of a trusted peer; the headers of any other are its own invention. */
export function clientOf(peerOf: PeerOf): (c: Context) => Client {
  return (c) => {
    const peer = peerOf(c)?.replace(/^::ffff:/, '');
    const isProxied = peer !== undefined && isLoopback(peer);
    const forwarded = (name: string): string[] =>
      isProxied
        ? (c.req.header(`X-Forwarded-${name}`) ?? '')
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean)
        : [];
    const addresses = [...forwarded('For'), ...(peer === undefined ? [] : [peer])];
    const protocol = forwarded('Proto')[0] ?? new URL(c.req.url).protocol.slice(0, -1);
    const host = forwarded('Host')[0] ?? c.req.header('Host') ?? '';
    return {
      // The nearest that is no proxy of ours.
      ip: addresses.findLast((address) => !isLoopback(address)) ?? addresses[0],
      secure: protocol === 'https',
      url: (path) => `${protocol}://${host.replace(/:\d+$/, '')}${path}`,
    };
  };
}
