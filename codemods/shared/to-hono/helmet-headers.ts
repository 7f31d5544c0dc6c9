import semver from 'semver';
import { Unknown, type Written } from './written.ts';

type Options = ReadonlyMap<string, Written>;

/** One header: the options it goes by, and what it says; null where this release does not send it by itself. */
interface Header {
  name: string;
  options: readonly string[];
  /** What may be said in them. */
  keys: readonly string[];
  isDefault: (release: string) => boolean;
  value: (options: Options, release: string) => string;
}

/** A text among the options of a header, or what stands for it. */
function textIn(options: Options, key: string, otherwise: string): string {
  const value = options.has(key) ? options.get(key) : otherwise;
  const all = [value].flat();
  if (!all.every((each) => typeof each === 'string')) throw new Unknown(key);
  return all.join(',');
}

const header = (
  name: string,
  options: string,
  keys: string,
  value: Header['value'],
  isDefault: Header['isDefault'] = () => true,
): Header => ({ name, options: options.split(' '), keys: keys.split(' '), isDefault, value });

/** What came with 5; before, each policy was written as a whole. */
const isFifth = (release: string): boolean => semver.gte(release, '5.0.0');
const FROM_FIFTH = /^(crossOrigin.*|originAgentCluster)$/;

const policy = (otherwise: string) => (options: Options) => textIn(options, 'policy', otherwise);

/** Source: the code of the releases, which `helmet-headers.test.ts` compares these with. */
const HEADERS: readonly Header[] = [
  header(
    'Content-Security-Policy',
    'contentSecurityPolicy',
    'useDefaults directives reportOnly',
    (options, release) => policyOf(options, release),
  ),
  header(
    'Cross-Origin-Embedder-Policy',
    'crossOriginEmbedderPolicy',
    'policy',
    embedderOf,
    (release) => isFifth(release) && semver.lt(release, '7.0.0'),
  ),
  header('Cross-Origin-Opener-Policy', 'crossOriginOpenerPolicy', 'policy', policy('same-origin'), isFifth),
  header(
    'Cross-Origin-Resource-Policy',
    'crossOriginResourcePolicy',
    'policy',
    policy('same-origin'),
    isFifth,
  ),
  header(
    'Expect-CT',
    'expectCt',
    '',
    () => 'max-age=0',
    (release) => semver.lt(release, '6.0.0'),
  ),
  header('Origin-Agent-Cluster', 'originAgentCluster', '', () => '?1', isFifth),
  header('Referrer-Policy', 'referrerPolicy', 'policy', policy('no-referrer')),
  header(
    'Strict-Transport-Security',
    'hsts strictTransportSecurity',
    'maxAge includeSubDomains preload',
    transportOf,
  ),
  header('X-Content-Type-Options', 'noSniff xContentTypeOptions', '', () => 'nosniff'),
  header('X-DNS-Prefetch-Control', 'dnsPrefetchControl xDnsPrefetchControl', 'allow', (options) =>
    options.get('allow') === true ? 'on' : 'off',
  ),
  header('X-Download-Options', 'ieNoOpen xDownloadOptions', '', () => 'noopen'),
  header('X-Frame-Options', 'frameguard xFrameOptions', 'action', (options) =>
    textIn(options, 'action', 'sameorigin').toUpperCase().replace('SAME-ORIGIN', 'SAMEORIGIN'),
  ),
  header(
    'X-Permitted-Cross-Domain-Policies',
    'permittedCrossDomainPolicies xPermittedCrossDomainPolicies',
    'permittedPolicies',
    (options) => textIn(options, 'permittedPolicies', 'none'),
  ),
  header('X-XSS-Protection', 'xssFilter xXssProtection', '', () => '0'),
];

const KNOWN = new Set(HEADERS.flatMap(({ options }) => options));
/** Names that helmet has from 7 on. */
const isNew = (key: string): boolean => /^x[A-Z]|^strictTransportSecurity$/.test(key);

/**
 * What `helmet(options)` of a release sends with each answer, by the name of the header.
 *
 * @throws {Unknown} for an option that is not known
 */
export function helmetHeaders(options: Options, release: string): Map<string, string> {
  const isSeventh = semver.gte(release, '7.0.0');
  for (const [key, value] of options) {
    const isPowered = /^(hide|x)PoweredBy$/.test(key) && typeof value === 'boolean';
    const isGone = key === 'expectCt' && isSeventh && value !== false;
    const isEarly = !isFifth(release) && (FROM_FIFTH.test(key) || value instanceof Map);
    if (isEarly || !(KNOWN.has(key) || isPowered) || isGone || (isNew(key) && !isSeventh))
      throw new Unknown(key);
  }
  const found = new Map<string, string>();
  for (const { name, options: all, keys, isDefault, value } of HEADERS) {
    const [key = '', twice] = all.filter((each) => options.has(each));
    if (twice !== undefined) throw new Unknown(twice);
    const own = options.get(key);
    if (own === false || (own === undefined && !isDefault(release))) continue;
    const inner: Options = own instanceof Map ? own : new Map();
    if (own !== undefined && own !== true && own !== inner) throw new Unknown(key);
    for (const each of inner.keys()) if (!keys.includes(each)) throw new Unknown(`${key}.${each}`);
    const isReport = name === 'Content-Security-Policy' && inner.get('reportOnly') === true;
    found.set(isReport ? `${name}-Report-Only` : name, value(inner, release));
  }
  return found;
}

/** The header of one of helmet's own functions: `helmet.frameguard(…)`. */
export function oneHeader(option: string, options: Options, release: string): Map<string, string> {
  const others = HEADERS.flatMap(({ options: keys }) => (keys.includes(option) ? [] : keys.slice(0, 1)));
  return helmetHeaders(
    new Map<string, Written>([...others.map((key): [string, Written] => [key, false]), [option, options]]),
    release,
  );
}

/** Releases before 6 have no other policy. */
function embedderOf(options: Options, release: string): string {
  if (options.size > 0 && semver.lt(release, '6.0.0')) throw new Unknown('crossOriginEmbedderPolicy.policy');
  return textIn(options, 'policy', 'require-corp');
}

function transportOf(options: Options, release: string): string {
  const age = options.get('maxAge') ?? (semver.gte(release, '8.0.0') ? 31_536_000 : 15_552_000);
  if (typeof age !== 'number' || age < 0) throw new Unknown('maxAge');
  const parts = [`max-age=${Math.trunc(age)}`];
  if (options.get('includeSubDomains') !== false) parts.push('includeSubDomains');
  if (options.get('preload') === true) parts.push('preload');
  return parts.join('; ');
}

const POLICY: readonly (readonly [string, string])[] = [
  ['default-src', "'self'"],
  ['base-uri', "'self'"],
  ['block-all-mixed-content', ''],
  ['font-src', "'self' https: data:"],
  ['form-action', "'self'"],
  ['frame-ancestors', "'self'"],
  ['img-src', "'self' data:"],
  ['object-src', "'none'"],
  ['script-src', "'self'"],
  ['script-src-attr', "'none'"],
  ['style-src', "'self' https: 'unsafe-inline'"],
  ['upgrade-insecure-requests', ''],
];

function isUsual(name: string, release: string): boolean {
  if (name === 'form-action') return isFifth(release);
  return name !== 'block-all-mixed-content' || semver.lt(release, '6.0.0');
}

/** Directives as they are sent: own ones before those that stand by default, or from 8.3 on in their place. */
function policyOf(options: Options, release: string): string {
  const given = options.get('directives') ?? new Map<string, Written>();
  if (!(given instanceof Map)) throw new Unknown('directives');
  const own = new Map<string, string>();
  const without = new Set<string>();
  for (const [key, value] of given as Options) {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (own.has(name) || without.has(name) || !/^[a-z][a-z-]*$/.test(name)) throw new Unknown(key);
    if (value === null) without.add(name);
    else own.set(name, sourcesOf(key, value));
  }
  const usual =
    options.get('useDefaults') === false
      ? []
      : POLICY.filter(([name]) => isUsual(name, release) && !without.has(name));
  const isInPlace = semver.gte(release, '8.3.0');
  const all = isInPlace
    ? new Map([...usual, ...own])
    : new Map([...own, ...usual.filter(([name]) => !own.has(name))]);
  if (!all.has('default-src')) throw new Unknown('default-src');
  return [...all].map(([name, sources]) => (sources === '' ? name : `${name} ${sources}`)).join(';');
}

/** Sources of a directive; helmet does not start with those it thinks wrong. */
function sourcesOf(key: string, value: Written): string {
  const sources = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(sources)) throw new Unknown(key);
  for (const each of sources) {
    if (typeof each !== 'string' || /[;,]/.test(each) || each === '' || UNQUOTED.test(each))
      throw new Unknown(key);
  }
  return sources.join(' ');
}

const UNQUOTED =
  /^(none|self|strict-dynamic|report-sample|inline-speculation-rules|unsafe-inline|unsafe-eval|unsafe-hashes|wasm-unsafe-eval|nonce-.*|sha(256|384|512)-.*)$/;
