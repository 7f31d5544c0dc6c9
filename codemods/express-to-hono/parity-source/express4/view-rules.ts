/** What an engine of Express is: `__express` of ejs or pug, the engine of express-handlebars. */
export type ViewEngine = (
  path: string,
  known: object,
  callback: (error: unknown, text?: never) => void,
) => unknown;

/** Everything a view knows: later ones win, and what an object inherits counts as well. */
export function mergeLocals(...given: (object | undefined)[]): Record<string, unknown> {
  const known: Record<string, unknown> = {};
  for (const each of given as (Record<string, unknown> | undefined)[]) {
    for (const name in each) known[name] = each[name];
  }
  return known;
}

/** Express 4 calls back as the engine does: at once or later. */
export function runEngine(
  engine: ViewEngine,
  path: string,
  known: object,
  callback: (error: unknown, text?: never) => void,
): void {
  engine(path, known, callback);
}
