import { Buffer } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';

interface PasswordOptions {
  /** Passwords by the names of users. */
  users?: Readonly<Record<string, string>>;
  /** A browser asks for a name and a password. */
  challenge?: boolean;
  realm?: string;
  unauthorizedResponse?: unknown;
  authorizer?: (name: string, password: string, done: (error: unknown, isKnown?: boolean) => void) => unknown;
  authorizeAsync?: boolean;
}

/** Lets in who has a name and a password (Basic authentication), told in `c.get('auth')`; anybody else gets 401. */
export function passwords(options: PasswordOptions): MiddlewareHandler {
  return async function passwords(c, next) {
    const given = credentialsOf(c);
    if (given !== undefined) {
      c.set('auth', given);
      if (await isLetIn(options, given)) return next();
    }
    const { challenge, realm, unauthorizedResponse: body = '' } = options;
    if (challenge) c.header('WWW-Authenticate', realm ? `Basic realm="${realm}"` : 'Basic');
    return typeof body === 'string' ? c.html(body, 401) : c.json(body as object, 401);
  };
}

interface Credentials {
  user: string;
  password: string;
}

function credentialsOf(c: Context): Credentials | undefined {
  const [, token = ''] = /^ *basic +([\w.~+/-]+=*) *$/i.exec(c.req.header('authorization') ?? '') ?? [];
  const pair = /^([^:]*):(.*)$/.exec(Buffer.from(token, 'base64').toString());
  return pair === null ? undefined : { user: pair[1] ?? '', password: pair[2] ?? '' };
}

function isLetIn(
  { users = {}, authorizer, authorizeAsync }: PasswordOptions,
  { user, password }: Credentials,
): boolean | Promise<boolean> {
  if (authorizer === undefined)
    return Object.entries(users).some(([name, word]) =>
      [isSame(user, name), isSame(password, word)].every(Boolean),
    );
  if (authorizeAsync !== true) return Boolean(authorizer(user, password, () => {}));
  return new Promise((resolve, reject) =>
    authorizer(user, password, (error, isKnown) => (error ? reject(error) : resolve(Boolean(isKnown)))),
  );
}

/** Takes as long for any text. */
function isSame(given: string, wanted: string): boolean {
  const hashes = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(hashes[0] as Uint8Array, hashes[1] as Uint8Array);
}
