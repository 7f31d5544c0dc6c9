import type { Loading } from './loadings.ts';
import { olderThan } from './surroundings.ts';
import type { Work } from './work.ts';

export interface Wanted {
  imported: string;
  local: string;
}

/** Loads names of another module where a declaration stood, written as that one is. */
export function declareInstead(
  work: Work,
  loading: Loading,
  module: string,
  wanted: readonly Wanted[],
  rule: string,
): void {
  const quote = work.textOf(loading.specifier)[0] ?? work.quote;
  const old = work.textOf(loading.replaced);
  const end = loading.statement === loading.replaced && old.endsWith(';') ? ';' : '';
  const between = loading.kind === 'import' ? ' as ' : ': ';
  const names = [...wanted]
    .sort((a, b) => (a.imported < b.imported ? -1 : 1))
    .map(({ imported, local }) => (imported === local ? imported : `${imported}${between}${local}`))
    .join(', ');
  const source = `${quote}${module}${quote}`;
  if (loading.kind === 'import') {
    work.replace(loading.replaced, `import { ${names} } from ${source}${end}`, rule);
    return;
  }
  const keyword = loading.statement === loading.replaced ? `${/^\w+/.exec(old)?.[0] ?? 'const'} ` : '';
  work.replace(loading.replaced, `${keyword}{ ${names} } = require(${source})${end}`, rule);
}

/** Packages that are there for code in browsers, which has no builtin modules of Node.js. */
const BROWSER = [
  ...['react-dom', 'vue', 'svelte', '@angular/core', 'preact', 'solid-js', 'react-native', 'browserify'],
  ...['react-scripts', 'backbone', 'lit', 'ember-source'],
];

/**
 * Why no use of a module may be changed in a file, whatever the use is: a test replaces it by name, the package is for
 * browsers, or package.json allows a Node.js without the feature. Null where nothing speaks against it.
 */
export function keptWhole(
  work: Work,
  name: string,
  need: { node: string; feature: string; browser?: boolean },
): { rule: string; reason: string; advice?: string } | null {
  const { manifest, replaced } = work.around;
  const place = replaced.get(name) ?? replaced.get(name.split('/')[0] ?? name);
  if (place !== undefined)
    return { rule: 'replaced', reason: `a test replaces \`${name}\` by this name (${place})` };
  const browser = need.browser ? undefined : BROWSER.find((each) => manifest?.ranges[each] !== undefined);
  if (browser !== undefined)
    return {
      rule: 'browser',
      reason: `package.json has \`${browser}\`: this file may run in browsers, which have no ${need.feature}`,
    };
  const engine = olderThan(manifest, need.node);
  if (engine === null) return null;
  return {
    rule: 'engines',
    reason: `package.json allows Node.js ${engine}, and ${need.feature} needs ${need.node}`,
    advice: 'Raise engines.node, then run this again.',
  };
}
