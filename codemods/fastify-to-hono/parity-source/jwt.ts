// Tokens, made and read by fast-jwt, with the errors of @fastify/jwt.
import { createDecoder, createSigner, createVerifier } from 'fast-jwt';
import { httpError } from './errors.ts';
import type { App, AppContext, Loose } from './types.ts';

/** Decorates the application with `jwt.sign`, `jwt.verify` and `jwt.decode`. */
export function jwt(app: App, options: Loose, done: () => void): void {
  const { secret, sign = {}, verify = {}, decode = {}, cookie, messages = {} } = options;
  const [own, open] = secret.private ? [secret.private, secret.public] : [secret, secret];
  const signer = (more: Loose) =>
    createSigner({ ...(own && { key: own }), ...inMilliseconds({ ...sign, ...more }) } as Loose);
  const verifier = (more: Loose) =>
    createVerifier({ key: open, ...inMilliseconds({ ...verify, ...more }) } as Loose);
  const made = { signer: signer({}), verifier: verifier({}) };
  app.decorate('jwt', {
    ...{ cookie, messages, options },
    sign: (payload: Loose, more?: Loose) => (more ? signer(more) : made.signer)(payload),
    verify: (token: string, more?: Loose) => (more ? verifier(more) : made.verifier)(token),
    decode: (token: string, more?: Loose) => createDecoder({ ...decode, ...more })(token),
  });
  done();
}
Object.assign(jwt, { [Symbol.for('skip-override')]: true });

/** Reads the token of a request: who sent it becomes `c.get('user')`. */
export async function jwtVerify(c: AppContext, options: Loose = undefined): Promise<Loose> {
  const { jwt: own } = c.get('route').app;
  const token = tokenOf(c, own, options);
  try {
    own.decode(token);
    const user = await own.verify(token, options?.verify ?? options);
    c.set('user', user);
    return user;
  } catch (error) {
    throw worded(error, own.messages);
  }
}

export const jwtDecode = async (c: AppContext): Promise<Loose> => {
  const { jwt: own } = c.get('route').app;
  return own.decode(tokenOf(c, own, undefined));
};

export const jwtSign = async (c: AppContext, payload: Loose, options: Loose = undefined): Promise<string> =>
  c.get('route').app.jwt.sign(payload, options?.sign ?? options);

function tokenOf(c: AppContext, { cookie, messages }: Loose, options: Loose): string {
  const header = c.req.header('authorization');
  if (header !== undefined && /^Bearer\s/i.test(header) && !options?.onlyCookie) {
    const [, token, ...more] = header.split(' ');
    if (token && more.length === 0) return token;
    throw httpError(
      400,
      'FST_JWT_BAD_REQUEST',
      messages.badRequestErrorMessage ?? 'Format is Authorization: Bearer [token]',
    );
  }
  if (!cookie)
    throw httpError(
      401,
      'FST_JWT_NO_AUTHORIZATION_IN_HEADER',
      messages.noAuthorizationInHeaderMessage ?? 'No Authorization was found in request.headers',
    );
  const found = new RegExp(`(?:^|;\\s*)${cookie.cookieName}=([^;]*)`).exec(c.req.header('cookie') ?? '')?.[1];
  if (found === undefined)
    throw httpError(
      401,
      'FST_JWT_NO_AUTHORIZATION_IN_COOKIE',
      messages.noAuthorizationInCookieMessage ?? 'No Authorization was found in request.cookies',
    );
  return decodeURIComponent(found);
}

/** What fast-jwt says, as @fastify/jwt does. */
function worded(error: Loose, messages: Loose): Error {
  if (error.code === 'FAST_JWT_EXPIRED')
    return httpError(
      401,
      'FST_JWT_AUTHORIZATION_TOKEN_EXPIRED',
      messages.authorizationTokenExpiredMessage ?? 'Authorization token expired',
    );
  if (
    /^FAST_JWT_(?:MALFORMED|INVALID_TYPE|INVALID_KEY|INVALID_SIGNATURE|INVALID_CLAIM_VALUE|MISSING_REQUIRED_CLAIM)$/.test(
      error.code,
    )
  ) {
    const text = messages.authorizationTokenInvalid;
    const said = typeof text === 'function' ? text(error) : text;
    return httpError(
      401,
      'FST_JWT_AUTHORIZATION_TOKEN_INVALID',
      said ?? `Authorization token is invalid: ${error.message}`,
    );
  }
  if (error.code === 'FAST_JWT_MISSING_SIGNATURE')
    return httpError(401, error.code, messages.authorizationTokenUnsigned ?? 'Unsigned authorization token');
  return error;
}

/** Numbers of seconds, as the options of @fastify/jwt are. */
function inMilliseconds(options: Loose): Loose {
  const found = { ...options };
  for (const name of ['expiresIn', 'notBefore', 'maxAge'])
    if (typeof found[name] === 'number') found[name] *= 1000;
  return found;
}
