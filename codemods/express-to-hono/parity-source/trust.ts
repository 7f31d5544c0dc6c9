import { compileTrust, type TrustProxy } from './client.ts';

let trusted: (address: string, hop: number) => boolean = () => false;

/** `app.set('trust proxy', …)` with a value that is known only as the application starts: which proxies are believed. */
export function trustProxy(value: TrustProxy | null | undefined): void {
  trusted = compileTrust(value ?? false);
}

/** The proxies that are believed about the client's address, the host and the protocol. */
export const trustedProxy = (address: string, hop: number): boolean => trusted(address, hop);
