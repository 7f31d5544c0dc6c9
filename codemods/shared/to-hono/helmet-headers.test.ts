import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { helmetHeaders, oneHeader } from './helmet-headers.ts';
import type { Written } from './written.ts';

const require = createRequire(import.meta.url);
type Middleware = (req: unknown, res: unknown, next: (error?: unknown) => void) => void;

/** What a release really sends. */
function sent(name: string, make: (helmet: never) => Middleware): Record<string, string> {
  const headers: Record<string, string> = {};
  const res = {
    setHeader: (key: string, value: string) => {
      headers[key] = value;
    },
    removeHeader: () => {},
  };
  const loaded = require(name);
  make((loaded.default ?? loaded) as never)({ headers: {} }, res, (error) => {
    if (error) throw error;
  });
  return headers;
}

type Plain = { [key: string]: unknown };
const written = (value: unknown): Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value as Plain).map(([key, each]) => [key, written(each)]))
    : (value as Written);
const map = (options: Plain) => written(options) as ReadonlyMap<string, Written>;

const OPTIONS: readonly Plain[] = [
  {},
  { contentSecurityPolicy: false, hsts: false, xssFilter: true, frameguard: { action: 'deny' } },
  {
    contentSecurityPolicy: {
      directives: { scriptSrc: ["'self'", 'x.org'], connectSrc: 'y.org', imgSrc: null },
    },
  },
  {
    contentSecurityPolicy: {
      useDefaults: false,
      reportOnly: true,
      directives: { 'default-src': ["'none'"] },
    },
  },
  { crossOriginEmbedderPolicy: true, crossOriginResourcePolicy: { policy: 'cross-origin' } },
  { crossOriginEmbedderPolicy: false, originAgentCluster: false, noSniff: false },
  {
    hsts: { maxAge: 123.9, includeSubDomains: false, preload: true },
    referrerPolicy: { policy: ['origin', 'same-origin'] },
  },
  {
    dnsPrefetchControl: { allow: true },
    permittedCrossDomainPolicies: { permittedPolicies: 'all' },
    hidePoweredBy: false,
  },
];

/** By the name each has among the dependencies of these tests. */
const RELEASES = ['helmet5', 'helmet6', 'helmet7', 'helmet'] as const;

describe.each(RELEASES)('the headers of %s', (name) => {
  const manifest = new URL(`../../../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  it.each(OPTIONS.map((options) => [JSON.stringify(options), options] as const))(
    'are known for %s',
    (_, options) => {
      expect(Object.fromEntries(helmetHeaders(map(options), version))).toEqual(
        sent(name, (helmet: (options: Plain) => Middleware) => helmet(options)),
      );
    },
  );

  it('are known for one function of it', () => {
    const one = oneHeader('frameguard', map({ action: 'deny' }), version);
    expect(Object.fromEntries(one)).toEqual(
      sent(name, (helmet: { frameguard: (options: Plain) => Middleware }) =>
        helmet.frameguard({ action: 'deny' }),
      ),
    );
  });
});

describe('the headers of helmet4', () => {
  it.each([{}, { contentSecurityPolicy: false, hsts: false, hidePoweredBy: true }, { ieNoOpen: false }])(
    'are known for %j',
    (options) => {
      expect(Object.fromEntries(helmetHeaders(map(options), '4.6.0'))).toEqual(
        sent('helmet4', (helmet: (options: Plain) => Middleware) => helmet(options)),
      );
    },
  );

  it.each([
    { contentSecurityPolicy: { directives: { defaultSrc: "'self'" } } },
    { crossOriginEmbedderPolicy: true },
  ])('are not for %j', (options) => {
    expect(() => helmetHeaders(map(options), '4.6.0')).toThrow();
  });
});

describe('an option that is not known', () => {
  it.each([
    { expectCt: { maxAge: 5 } },
    { contentSecurityPolicy: { directives: { defaultSrc: null } } },
    { contentSecurityPolicy: { directives: { defaultSrc: ['self'] } } },
    { contentSecurityPolicy: { directives: { defaultSrc: "'self'", 'default-src': "'none'" } } },
    { permissionsPolicy: true },
    { frameguard: { action: 'deny', domain: 'x' } },
    { hsts: true, strictTransportSecurity: true },
    { hsts: { maxAge: -1 } },
  ])('is said: %j', (options) => {
    expect(() => helmetHeaders(map(options as Plain), '8.3.0')).toThrow();
  });

  it('is one that came later', () => {
    const embedder = map({ crossOriginEmbedderPolicy: { policy: 'credentialless' } });
    expect(() => helmetHeaders(embedder, '5.1.1')).toThrow();
    expect(helmetHeaders(embedder, '6.0.0').get('Cross-Origin-Embedder-Policy')).toBe('credentialless');
    expect(() => helmetHeaders(map({ xFrameOptions: false }), '6.2.0')).toThrow();
    expect(helmetHeaders(map({ xFrameOptions: false }), '7.0.0').has('X-Frame-Options')).toBe(false);
  });
});
