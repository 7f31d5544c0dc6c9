import type { AnySubject, Around } from '../contract.ts';
import { runCheck, said } from './check.ts';

/** What every line of a probing program begins with; other lines are those of what it calls. */
export const MARK = '\u0001probe ';

/** What a probing program is told, as JSON. */
export interface Given extends Pick<Around, 'scratch' | 'origin' | 'service' | 'own'> {
  checks: readonly string[];
  limitMs: number;
}

/** Runs checks in a process and writes a line before and after each. */
export async function inProcess(subject: AnySubject, load: () => Promise<unknown>): Promise<void> {
  const given = JSON.parse(process.argv[2] ?? '{}') as Given;
  const tell = (line: object) => console.log(MARK + JSON.stringify(line));
  const around: Around = {
    ...given,
    ask: async (port) => (await fetch(`http://127.0.0.1:${port}/own`)).text(),
    cut: async () => void (await (await fetch(`${given.origin}/cut`)).text()),
  };
  let module: unknown;
  try {
    module = await load();
  } catch (error) {
    tell({ unloadable: said(error) });
    process.exit(0);
  }
  for (const name of given.checks) {
    tell({ start: name });
    tell({ end: await runCheck(subject, name, module, around, given.limitMs) });
  }
  tell({ done: true });
  process.exit(0);
}

/** Tells which version of Node it says it is, and which of the names it is asked for its modules export. */
export async function presence(modules: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> {
  console.log(MARK + JSON.stringify(await exportsOf(modules)));
  process.exit(0);
}

/** Exported names of each module, with those of `promises` below it; the reason where it cannot be imported. */
export async function exportsOf(
  modules: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<{ says: string; modules: Record<string, string[] | string> }> {
  const found: Record<string, string[] | string> = {};
  for (const [name, load] of Object.entries(modules)) {
    try {
      const module = (await load()) as Record<string, unknown>;
      const base = (module.default ?? {}) as object;
      const names = new Set([...Object.keys(module), ...Object.getOwnPropertyNames(base)]);
      const promises = module.promises;
      if (typeof promises === 'object' && promises !== null)
        for (const one of Object.getOwnPropertyNames(promises)) names.add(`promises.${one}`);
      for (const one of ['default', 'module.exports', 'length', 'name', 'prototype', 'arguments', 'caller'])
        names.delete(one);
      found[name] = [...names].filter((one) => !one.startsWith('_')).sort();
    } catch (error) {
      found[name] = said(error);
    }
  }
  const version = typeof process === 'object' ? process.version : undefined;
  return { says: version ?? 'none', modules: found };
}
