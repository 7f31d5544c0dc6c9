import type { AnySubject, Around, Check, Outcome, TwoParts } from '../contract.ts';

/** One answer of a program that runs checks. */
export interface Answer {
  check: string;
  level: 'works' | 'differs' | 'no-op' | 'throws' | 'member-missing';
  saw: string;
}

type Untyped = Check<unknown> | TwoParts<unknown>;

/** What a module gives: `import * as` and, where that has other names, what it exports as default. */
export function memberOf(module: unknown, path: string): unknown {
  for (const root of [module, (module as { default?: unknown }).default]) {
    let at: unknown = root;
    for (const name of path.split('.')) {
      // What an object holds by its prototype is not looked for: that a `then` is there says nothing.
      at =
        at !== null && (typeof at === 'object' || typeof at === 'function')
          ? Reflect.get(at, name)
          : undefined;
    }
    if (at !== undefined) return at;
  }
  return undefined;
}

/** Runs one check, no longer than it may take. Never throws. */
export async function runCheck(
  subject: AnySubject,
  name: string,
  module: unknown,
  around: Around,
  limitMs: number,
  part?: 'first' | 'then',
): Promise<Answer> {
  const member = name.split(' ')[0] ?? name;
  const isModule = !subject.module.startsWith('(');
  if (isModule && memberOf(module, member) === undefined)
    return { check: name, level: 'member-missing', saw: 'it is not exported' };
  const check = (subject.checks as Record<string, Untyped>)[name];
  if (check === undefined) return { check: name, level: 'throws', saw: 'there is no such check' };
  const parts = partsOf(check, part);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('no answer')), limitMs);
  });
  try {
    let outcome: Outcome;
    for (const one of parts) {
      outcome = await Promise.race([Promise.resolve(one(module, around)), late]);
      if (outcome) break;
    }
    return outcome ? { check: name, ...outcome } : { check: name, level: 'works', saw: '' };
  } catch (error) {
    return { check: name, level: 'throws', saw: said(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** What is run of a check: all of it, or one part of one that has two. */
function partsOf(check: Untyped, part: 'first' | 'then' | undefined): Check<unknown>[] {
  if (typeof check === 'function') return part === 'then' ? [] : [check];
  return part ? [check[part]] : [check.first, check.then];
}

/** An error in one line: its code where it has one, and the first line of its message. */
export function said(error: unknown): string {
  if (!(error instanceof Error) && (typeof error !== 'object' || error === null)) return String(error);
  const { code, message, name } = error as { code?: unknown; message?: unknown; name?: unknown };
  const line = String(message ?? '').split('\n')[0] ?? '';
  return typeof code === 'string' && !line.includes(code) ? `${code}: ${line}` : line || String(name);
}
