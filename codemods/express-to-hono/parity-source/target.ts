import type { IncomingMessage } from 'node:http';

/** Express reads the request target as it was sent; a Request's URL is already normalised (`/a/../b` is `/b`). */
export function requestTarget(request: Request, env: unknown): string {
  const { incoming } = (env ?? {}) as { incoming?: IncomingMessage };
  const target = incoming?.url ?? request.url;
  return target.startsWith('/') ? target : target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '') || '/';
}

/** The path of a request target, undecoded. */
export function targetPath(target: string): string {
  const end = target.search(/[?#]/);
  return end === -1 ? target : target.slice(0, end);
}

/** The query of a request target, undecoded, without `?`; null when there is none. */
export function targetQuery(target: string): string | null {
  const withoutHash = target.replace(/#[\s\S]*$/, '');
  const start = withoutHash.indexOf('?');
  return start === -1 ? null : withoutHash.slice(start + 1);
}
