import { posix } from 'node:path';
import type { Repository } from '../workspace/repository.ts';
import { SERVER_PACKAGES } from './frameworks.ts';
import { declares, type Manifest, stringEntries } from './manifests.ts';

/** Folders whose files are sent to browsers as they are, by convention. */
const SENT = /(^|\/)(public|static|assets|wwwroot|www)\//;
/** Packages that render in a browser. */
const RENDERS = new Set(['@angular/core', 'preact', 'react-dom', 'solid-js', 'svelte', 'vue']);
/** Packages that make an application of a phone, or a site of documentation. */
const DEVICES = new Set(['@docusaurus/core', 'expo', 'react-native', 'vitepress', 'vuepress']);
/** Endings that a bundler's page leaves out. */
const ENDINGS = ['.ts', '.tsx', '.js', '.jsx', '.mjs'];
/** Pages read at most: a documentation site has thousands, and loads the same scripts from each. */
const MOST_PAGES = 200;

/** Whether a package is an application for browsers: it renders there, has a page, and depends on no server at run time. */
export function isBrowserPackage(repository: Repository, { folder, raw }: Manifest): boolean {
  const serves = stringEntries(raw.dependencies).some(([name]) => SERVER_PACKAGES.has(name));
  if (serves || !declares(raw, RENDERS)) return false;
  const at = (path: string) => repository.has([folder, path].filter(Boolean).join('/'));
  return at('index.html') || at('public/index.html') || at('src/index.html');
}

/** Whether a package is an application of phones, or a site of documentation, which no server starts. */
export const isDevicePackage = ({ raw }: Manifest): boolean =>
  stringEntries(raw.dependencies).some(([name]) => DEVICES.has(name)) &&
  !stringEntries(raw.dependencies).some(([name]) => SERVER_PACKAGES.has(name));

/** Whether a package brings components that another one renders: what renders is there, whoever installs it. */
export const rendersForOthers = ({ raw }: Manifest): boolean =>
  declares(raw, RENDERS) || stringEntries(raw.peerDependencies).some(([name]) => RENDERS.has(name));

/** Whether a file that imports these packages renders in a browser, where no server loads it. */
export const rendersInBrowsers = (packages: readonly string[]): boolean =>
  packages.some((name) => RENDERS.has(name));

/** Whether a file lies where files for browsers lie. */
export const isSentAsItIs = (path: string): boolean => SENT.test(path);

/** The sources that pages of the repository load by `<script src>`. */
export async function scriptsOfPages(repository: Repository): Promise<string[]> {
  const found = new Set<string>();
  const pages = repository.files.filter((path) => /\.html?$/.test(path)).slice(0, MOST_PAGES);
  for (const page of pages) {
    const text = (await repository.read(page)) ?? '';
    for (const [, , src = ''] of text.matchAll(/<script\b[^>]*?\bsrc\s*=\s*(["'])([^"'?#]+)/gi)) {
      if (/^(?:[a-z]+:)?\/\//i.test(src)) continue;
      const folder = posix.dirname(page);
      const beside = posix.join(folder === '.' ? '' : folder, src);
      const fromRoot = src.replace(/^\//, '');
      for (const path of [beside, fromRoot].flatMap((each) => [each, ...ENDINGS.map((end) => each + end)]))
        if (repository.has(path)) found.add(path);
    }
  }
  return [...found];
}
