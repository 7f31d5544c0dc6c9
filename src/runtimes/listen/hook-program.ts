// Loaded into an application before its own code, on Node, Bun and Deno. A port that the code names, and is not the one
// in PORT, becomes a free one on loopback: three sides run at once, beside whatever the user runs. Each listener is told
// to migrate, one JSON line each. On Deno, a call to the proxy of a run goes as it does elsewhere. Built-ins only.
import { appendFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type ListenOptions, type Server } from 'node:net';

declare const LISTEN: { port: number; report: string; loopback: string; egress: boolean };
declare const Bun: { serve: Serve; listen: Serve } | undefined;
declare const Deno: { serve: DenoServe; listen: Serve } | undefined;

type Listened = { port?: number; addr?: { port?: number } };
type Serve = (options: ListenOptions & { hostname?: string; unix?: string }) => Listened;
type DenoServe = (...args: unknown[]) => Listened;

const tell = (asked: number, got: unknown, isHttp: boolean): void => {
  if (typeof got !== 'number') return;
  try {
    appendFileSync(LISTEN.report, `${JSON.stringify({ asked, got, http: isHttp })}\n`);
  } catch {
    // The application took its own right to write: migrate then finds the port by itself, or says so.
  }
};

/** Whether a listener is to be moved: it names a port, and not the one it was told. */
const isNamed = (port: unknown): boolean =>
  (typeof port === 'number' || (typeof port === 'string' && /^\d+$/.test(port))) &&
  Number(port) !== LISTEN.port;

/** Where it listens instead, in the form of addresses that it would have seen. */
const loopback = (host: unknown): string =>
  host === undefined || host === null || host === '::'
    ? LISTEN.loopback
    : host === '::1'
      ? '::1'
      : '127.0.0.1';

const moved = new WeakSet<Server>();

function movedArguments(args: unknown[]): { asked: number; args: unknown[] } | null {
  const [first, second] = args;
  if (first === undefined || first === null || typeof first === 'function')
    return { asked: 0, args: [0, loopback(undefined), ...args.filter((each) => typeof each === 'function')] };
  if (typeof first === 'object') {
    const { port, host, path } = first as ListenOptions;
    if (path !== undefined || 'fd' in first || !isNamed(port)) return null;
    return { asked: Number(port), args: [{ ...first, port: 0, host: loopback(host) }, ...args.slice(1)] };
  }
  if (!isNamed(first)) return null;
  const hasHost = typeof second === 'string';
  return {
    asked: Number(first),
    args: [0, loopback(hasHost ? second : undefined), ...args.slice(hasHost ? 2 : 1)],
  };
}

// Node's servers share one method; Bun and Deno have one of each kind.
const kinds = typeof Bun === 'undefined' && typeof Deno === 'undefined' ? [net] : [net, http, https];
for (const { Server } of kinds) {
  // Object.hasOwn came with Node 16.9.
  if (!Object.getOwnPropertyNames(Server.prototype).includes('listen')) continue;
  // Its overloads are all one function of any arguments.
  const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;
  Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
    const change = moved.has(this) ? null : movedArguments(args);
    if (!change) return listen.apply(this, args);
    moved.add(this);
    this.once('listening', () => {
      const address = this.address();
      tell(
        change.asked,
        typeof address === 'object' ? address?.port : null,
        this.listenerCount('request') > 0,
      );
    });
    this.once('close', () => moved.delete(this));
    return listen.apply(this, change.args);
  } as typeof Server.prototype.listen;
}

if (typeof Bun !== 'undefined') {
  for (const [name, isHttp] of [
    ['serve', true],
    ['listen', false],
  ] as const) {
    const original = Bun[name].bind(Bun);
    Bun[name] = (options) => {
      // Without a port Bun.serve takes the one in PORT; port 0 is a server of node:http that was moved already.
      if (options?.unix !== undefined || !isNamed(options?.port) || Number(options.port) === 0)
        return original(options);
      const server = original({ ...options, port: 0, hostname: loopback(options.hostname) });
      tell(Number(options.port), server.port, isHttp);
      return server;
    };
  }
}

if (typeof Deno !== 'undefined') {
  const { serve, listen } = Deno;
  Deno.serve = (...args) => {
    const given = args.find((each) => typeof each === 'object' && each !== null) as
      | (ListenOptions & { hostname?: string })
      | undefined;
    const asked = given?.port ?? 8000;
    if (given?.path !== undefined || !isNamed(asked)) return serve(...args);
    const options = { ...given, port: 0, hostname: loopback(given?.hostname) };
    const server = serve(options, ...args.filter((each) => typeof each === 'function'));
    tell(asked, server.addr?.port, true);
    return server;
  };
  Deno.listen = (options) => {
    if (!isNamed(options?.port) || options.path !== undefined) return listen(options);
    const server = listen({ ...options, port: 0, hostname: loopback(options.hostname) });
    tell(Number(options.port), server.addr?.port, false);
    return server;
  };
}

if (typeof Deno !== 'undefined' && LISTEN.egress) {
  // A client that reads HTTP_PROXY by itself, as axios does, asks the proxy for a whole URL. Deno 2.9.6, which is told to go
  // through the proxy as well, takes that for no target and throws; so the client asks for what it wants of its host.
  type Ask = (options: string | URL | http.RequestOptions, ...rest: unknown[]) => http.ClientRequest;
  const ask = http.request as Ask;
  const asElsewhere: Ask = (options, ...rest) => {
    const path = typeof options === 'object' && 'path' in options ? String(options.path) : '';
    if (!path.startsWith('http://')) return ask(options, ...rest);
    const { hostname, port, pathname, search } = new URL(path);
    const to = { hostname, host: hostname, port: port || 80, path: pathname + search };
    return ask(Object.assign({}, options, to), ...rest);
  };
  http.request = asElsewhere as typeof http.request;
}
