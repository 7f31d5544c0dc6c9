/** Names that Babel's plugin `module-resolver` gives folders of a package: `{ "@routes": "./routes" }`. */
export function babelAliases(config: unknown): Record<string, string> {
  const { plugins, env } = (config ?? {}) as { plugins?: unknown; env?: Record<string, unknown> };
  const named = Array.isArray(plugins) ? plugins.flatMap(aliasesOf) : [];
  // Where an environment has aliases of its own, they stand before these.
  const inAny = Object.values(env ?? {}).flatMap((each) => Object.entries(babelAliases(each)));
  return Object.fromEntries([...inAny, ...named]);
}

function aliasesOf(plugin: unknown): [string, string][] {
  const [name, options] = Array.isArray(plugin) ? (plugin as unknown[]) : [];
  if (!/^(?:babel-plugin-)?module-resolver$/.test(String(name))) return [];
  const { alias, cwd } = (options ?? {}) as { alias?: unknown; cwd?: unknown };
  // A pattern is no name, and `cwd` says from where the folders are.
  if (typeof alias !== 'object' || alias === null || cwd !== undefined) return [];
  return Object.entries(alias).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('^'),
  );
}
