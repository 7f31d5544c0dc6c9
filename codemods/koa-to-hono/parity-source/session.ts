/**
 * Sessions as koa-session keeps them: in the cookie, or in the store that was there before, under the same name and signature, so
 * that nobody is logged out.
 */
import { randomUUID } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getSignedCookie, type SignedOptions, setSignedCookie } from './signed-cookies.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a session holds is its own affair
type Values = Record<string, any>;

interface Store {
  get(key: string, maxAge?: unknown, about?: object): unknown;
  set(key: string, value: Values, maxAge?: unknown, about?: object): unknown;
  destroy(key: string, about?: object): unknown;
}

interface SessionOptions extends Omit<SignedOptions, 'maxAge'> {
  key?: string;
  /** Milliseconds, or `session`: until the browser is closed. */
  // biome-ignore lint/suspicious/noExplicitAny: options that have a name of their own have a wider type
  maxAge?: any;
  // biome-ignore lint/suspicious/noExplicitAny: a store of the application
  store?: any;
  /** What keys of the store begin with. */
  prefix?: string;
  /** Each answer sets the cookie anew. */
  rolling?: boolean;
  /** The cookie is set anew when half of its time is over. */
  renew?: boolean;
  autoCommit?: boolean;
}

const DAY = 24 * 60 * 60 * 1000;

/** The session of one request. */
class Keeper {
  session: Session | false | undefined;
  key: string | undefined;
  before: string | undefined;
  options: SessionOptions & { key: string };
  c: Context;

  constructor(c: Context, options: SessionOptions) {
    this.c = c;
    this.options = {
      overwrite: true,
      httpOnly: true,
      signed: true,
      ...options,
      key: options.key || 'koa.sess',
    };
  }

  get store(): Store | undefined {
    return this.options.store;
  }

  /** Reads what the store has. */
  async load(): Promise<void> {
    const { key, maxAge, rolling } = this.options;
    const own = getSignedCookie(this.c, key, this.options);
    const values = own ? await this.store?.get(own, maxAge, { rolling }) : undefined;
    this.begin(values as Values | undefined, own);
  }

  current(): Session | null {
    if (this.session === undefined) {
      const cookie = this.store ? undefined : getSignedCookie(this.c, this.options.key, this.options);
      this.begin(cookie ? decoded(cookie) : undefined);
    }
    return this.session || null;
  }

  /** A session of values that are there already, where they are not too old. */
  begin(values: Values | undefined, key?: string): void {
    const isOld = !values || (values._expire && values._expire < Date.now());
    this.create(isOld ? undefined : values, isOld ? undefined : key);
    if (!isOld) this.before = JSON.stringify(this.session);
  }

  create(values?: Values, key?: string): void {
    const { prefix = '' } = this.options;
    if (this.store) this.key = key || `${prefix}${randomUUID()}`;
    this.session = new Session(this, values);
  }

  /** Saves what has changed, and sets the cookie. */
  async commit({ save = false, regenerate = false } = {}): Promise<void> {
    if (this.session === undefined) return;
    if (this.session === false) return this.remove();
    if (regenerate) {
      await this.remove();
      if (this.store) this.key = `${this.options.prefix ?? ''}${randomUUID()}`;
    }
    const { session, before } = this;
    const text = JSON.stringify(session);
    const isForced = save || regenerate || session._requireSave === true;
    if (!isForced && before === undefined && text === '{}') return;
    const changed = !isForced && before !== text;
    if (isForced || changed || this.options.rolling || this.isHalfOver())
      await this.save(session.toJSON(), changed);
  }

  isHalfOver(): boolean {
    const { _expire: expire, maxAge } = this.session as Session;
    return this.options.renew === true && expire && maxAge && expire - Date.now() < maxAge / 2;
  }

  async save(values: Values, changed: boolean): Promise<void> {
    const { rolling, maxAge = DAY } = this.options;
    const isOpen = maxAge === 'session';
    Object.assign(
      values,
      isOpen ? { _session: true } : { _expire: (maxAge || DAY) + Date.now(), _maxAge: maxAge || DAY },
    );
    if (this.key && this.store)
      await this.store.set(this.key, values, isOpen ? maxAge : (maxAge || DAY) + 10_000, {
        changed,
        rolling,
      });
    const value = this.key ?? Buffer.from(JSON.stringify(values)).toString('base64');
    setSignedCookie(this.c, this.options.key, value, this.cookie(isOpen ? undefined : this.options.maxAge));
  }

  async remove(): Promise<void> {
    if (this.key) await this.store?.destroy(this.key);
    setSignedCookie(this.c, this.options.key, '', this.cookie(undefined));
  }

  cookie(maxAge: number | undefined): SignedOptions {
    const { path, domain, httpOnly, sameSite, secure, signed, overwrite } = this.options;
    const all = { path, domain, httpOnly, sameSite, secure, signed, overwrite, maxAge: maxAge || undefined };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }
}

const keepers = 'ctx.session';

/** What is kept for a client: its members that begin with no `_` are saved. */
class Session {
  // biome-ignore lint/suspicious/noExplicitAny: what a session holds is its own affair
  [name: string]: any;

  constructor(keeper: Keeper, values?: Values) {
    Object.defineProperty(this, '_keeper', { value: keeper });
    if (values === undefined) this.isNew = true;
    for (const [name, value] of Object.entries(values ?? {}))
      if (name === '_maxAge') keeper.options.maxAge = value;
      else if (name === '_session') keeper.options.maxAge = 'session';
      else this[name] = value;
  }

  toJSON(): Values {
    return Object.fromEntries(
      Object.entries(this).filter(([name]) => name !== 'isNew' && !name.startsWith('_')),
    );
  }

  get length(): number {
    return Object.keys(this.toJSON()).length;
  }

  get populated(): boolean {
    return this.length > 0;
  }

  get maxAge(): number {
    return this._keeper.options.maxAge;
  }

  set maxAge(value: number) {
    this._keeper.options.maxAge = value;
    this._requireSave = true;
  }

  get externalKey(): string | undefined {
    return this._keeper.key;
  }

  save(done?: (error?: unknown) => void): Promise<void> | undefined {
    return settled(this._keeper.commit({ save: true }), done);
  }

  regenerate(done?: (error?: unknown) => void): Promise<void> | undefined {
    return settled(this._keeper.commit({ regenerate: true }), done);
  }

  manuallyCommit(): Promise<void> {
    return this._keeper.commit();
  }
}

function settled(promise: Promise<void>, done?: (error?: unknown) => void): Promise<void> | undefined {
  if (done === undefined) return promise;
  promise.then(() => done(), done);
  return undefined;
}

function decoded(cookie: string): Values | undefined {
  try {
    return JSON.parse(Buffer.from(cookie, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Loads the session before the handlers, and saves it behind them. */
export function sessions(options: SessionOptions = {}): MiddlewareHandler {
  return async function sessions(c, next) {
    const keeper = new Keeper(c, options);
    c.set(keepers, keeper);
    if (options.store) await keeper.load();
    try {
      await next();
    } finally {
      await keeper.commit();
    }
  };
}

/** The session of a request; null once it was given up. */
// biome-ignore lint/suspicious/noExplicitAny: what a session holds is its own affair
export const sessionOf = (c: Context): any => (c.get(keepers) as Keeper | undefined)?.current();

/** Gives a request another session, or gives it up with null. */
export function setSession(c: Context, values: object | null): void {
  const keeper = c.get(keepers) as Keeper;
  if (values === null) keeper.session = false;
  else if (typeof values === 'object') keeper.create(values, keeper.key);
  else throw new Error('this.session can only be set as null or an object.');
}
