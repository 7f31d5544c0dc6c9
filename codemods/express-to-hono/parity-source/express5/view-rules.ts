import { nextTick } from 'node:process';

/** What an engine of Express is: `__express` of ejs or pug, the engine of express-handlebars. */
export type ViewEngine = (
  path: string,
  known: object,
  callback: (error: unknown, text?: never) => void,
) => unknown;

/** Everything a view knows: later ones win. */
export function mergeLocals(...given: (object | undefined)[]): Record<string, unknown> {
  return Object.assign({}, ...given);
}

/** Express 5 calls back later even when the engine does so at once. */
export function runEngine(
  engine: ViewEngine,
  path: string,
  known: object,
  callback: (error: unknown, text?: never) => void,
): void {
  let atOnce = true;
  engine(path, known, (...found) => (atOnce ? nextTick(() => callback(...found)) : callback(...found)));
  atOnce = false;
}
