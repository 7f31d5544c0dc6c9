import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';
import type { Exchange, ExchangeRequest, RawHeaders } from '../../model/exchange.ts';
import { isSessionCookie, knownResponse } from '../sources/_exchange.ts';
import type { Traffic } from './traffic.ts';

/** What to do about traffic without credentials, in words. */
export const LOGIN_HINT =
  'say in .migrate/login.yaml how to log in: the request to send first, what its answer gives, and the headers it is then used in.';

/** `.migrate/login.yaml`. `$NAME` in any text stands for an environment variable; its value is never written. */
const LoginFile = z.strictObject({
  request: z.strictObject({
    method: z.string().default('POST'),
    path: z.string().startsWith('/'),
    headers: z.record(z.string(), z.string()).default({}),
    json: z.unknown().optional(),
    form: z.record(z.string(), z.string()).optional(),
  }),
  /** Stand-ins, of at least eight characters, for what the answer gives: each side's own value takes their place. */
  answer: z
    .strictObject({
      status: z.int().default(200),
      json: z.unknown().optional(),
      cookies: z.record(z.string(), z.string()).default({}),
    })
    .prefault({}),
  /** Put into every request that has no such header. */
  headers: z.record(z.string(), z.string()).default({}),
});
type LoginFile = z.infer<typeof LoginFile>;

/**
 * Puts a login before traffic that holds no credentials, as `.migrate/login.yaml` describes it. Traffic with
 * credentials of its own is left as it is, and so is all traffic without that file.
 *
 * @throws MigrateError LOGIN_INVALID (exit 3) for a file that is not understood or a variable that is not set
 */
export function withLogin(
  traffic: Traffic,
  state: string,
  env: Readonly<Record<string, string | undefined>>,
): Traffic {
  const path = join(state, 'login.yaml');
  if (!existsSync(path)) return traffic;
  const recipe = readRecipe(path, env);
  if (traffic.exchanges.some(hasCredentials)) {
    traffic.warnings.push('.migrate/login.yaml is not used: the traffic holds credentials of its own.');
    return traffic;
  }
  const origin = traffic.exchanges[0]?.request.origin ?? 'http://localhost';
  const added: RawHeaders = Object.entries(recipe.headers);
  const cookies = Object.entries(recipe.answer.cookies);
  if (cookies.length > 0 && !added.some(([name]) => /^cookie$/i.test(name)))
    added.push(['Cookie', cookies.map(([name, value]) => `${name}=${value}`).join('; ')]);
  const exchanges = traffic.exchanges.map((exchange) => {
    const index = { value: exchange.index + 1, enumerable: true };
    // A request that is about having no credentials stays without.
    if (exchange.source.endsWith('missing-auth')) return override(exchange, { index });
    const get = () => withHeaders(exchange.request, added);
    return override(exchange, { index, request: { get, enumerable: true } });
  });
  return {
    ...traffic,
    exchanges: [loginExchange(recipe, origin), ...exchanges],
    warnings: traffic.warnings.filter((warning) => !warning.includes(LOGIN_HINT)),
  };
}

/** A copy with some properties replaced. Bodies that are read on demand stay so. */
const override = <T extends object>(of: T, properties: PropertyDescriptorMap): T =>
  Object.defineProperties({}, { ...Object.getOwnPropertyDescriptors(of), ...properties }) as T;

function withHeaders(request: ExchangeRequest, added: RawHeaders): ExchangeRequest {
  const has = (wanted: string) =>
    request.headers.some(([name]) => name.toLowerCase() === wanted.toLowerCase());
  const value = [...request.headers, ...added.filter(([name]) => !has(name))];
  return override(request, { headers: { value, enumerable: true } });
}

const hasCredentials = ({ request }: Exchange): boolean =>
  request.headers.some(
    ([name, value]) =>
      /^authorization$/i.test(name) ||
      (/^cookie$/i.test(name) &&
        value.split(';').some((pair) => isSessionCookie(pair.split('=', 1)[0] ?? ''))),
  );

function loginExchange({ request, answer }: LoginFile, origin: string): Exchange {
  const headers: RawHeaders = [['Host', new URL(origin).host], ...Object.entries(request.headers)];
  let body: Buffer | null = null;
  if (request.json !== undefined) {
    headers.push(['Content-Type', 'application/json']);
    body = Buffer.from(JSON.stringify(request.json));
  } else if (request.form) {
    headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
    body = Buffer.from(new URLSearchParams(request.form).toString());
  }
  const given: RawHeaders = Object.entries(answer.cookies).map(([name, value]) => [
    'Set-Cookie',
    `${name}=${value}`,
  ]);
  const text = answer.json === undefined ? '' : JSON.stringify(answer.json);
  if (text !== '') given.unshift(['Content-Type', 'application/json']);
  return {
    ...{ schema: 'migrate/exchange', version: 1, index: 1, source: 'login:login.yaml', session: 'login' },
    request: { method: request.method.toUpperCase(), origin, path: request.path, headers, body },
    response: knownResponse(answer.status, '', given, Buffer.from(text)),
  };
}

function readRecipe(path: string, env: Readonly<Record<string, string | undefined>>): LoginFile {
  const bad = (why: string) =>
    new MigrateError('LOGIN_INVALID', `.migrate/login.yaml is not understood: ${why}.`, {
      hint: 'It holds request (method, path, json or form), answer (status, json, cookies) and headers.',
    });
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw bad((error as Error).message.split('\n')[0] ?? 'it is no YAML');
  }
  const file = LoginFile.safeParse(substitute(value, env, bad));
  if (file.success) return file.data;
  const [issue] = file.error.issues;
  throw bad(`${issue?.path.join('.') || 'its root'}: ${issue?.message}`);
}

function substitute(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  bad: (why: string) => MigrateError,
): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$([A-Z_][A-Z0-9_]*)/g, (_, name: string) => {
      const found = env[name];
      if (found === undefined) throw bad(`the environment variable ${name} is not set`);
      return found;
    });
  }
  if (Array.isArray(value)) return value.map((one) => substitute(one, env, bad));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, substitute(one, env, bad)]));
}
