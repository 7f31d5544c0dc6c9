import { child, children, isIdentifier } from '../../../syntax/nodes.ts';
import type { ParsedFile } from '../../../syntax/parse.ts';

const SOURCE = /\.[jt]sx?$/;
/** Written by hand, they are served by their names; a program that makes one has the name that it stands for. */
const MADE: Readonly<Record<string, string>> = {
  robots: 'robots.txt',
  sitemap: 'sitemap.xml',
  manifest: 'manifest.webmanifest',
};
const STATIC =
  /^(?:favicon\.ico|(?:icon|apple-icon)\d?\.(?:ico|jpe?g|png|svg)|(?:opengraph|twitter)-image\d?\.(?:jpe?g|png|gif)|robots\.txt|sitemap\.xml|manifest\.(?:json|webmanifest))$/;
const IMAGE = /^(?:icon|apple-icon|opengraph-image|twitter-image)\d?$/;
/** A program that makes several of them exports which; each is below the name, by what Next calls this. */
const SEVERAL = { sitemap: 'generateSitemaps', image: 'generateImageMetadata' } as const;
const EACH = '[__metadata_id__]';
const AT_ROOT = /^(?:favicon|robots|manifest)\b/;

/**
 * `app/favicon.ico`, `app/sitemap.ts`, `app/blog/opengraph-image.tsx`. In a group an image gets a suffix of Next's own, so
 * there it is not told. Source: Next.js 15, Metadata Files API Reference.
 *
 * @param folder below `app`, '' for itself
 * @param source gives the file itself, where what it exports matters
 */
export function metadataPath(folder: string, name: string, source: () => ParsedFile | null): string | null {
  const isSource = SOURCE.test(name);
  const stem = name.replace(/\.[^.]+$/, '');
  const served = isSource
    ? (MADE[stem] ?? (IMAGE.test(stem) ? stem : null))
    : STATIC.test(name)
      ? name
      : null;
  if (served === null || (AT_ROOT.test(name) && folder !== '')) return null;
  if (/[(@]/.test(folder)) return null;
  const isSitemap = stem === 'sitemap';
  const several = isSitemap ? SEVERAL.sitemap : IMAGE.test(stem) ? SEVERAL.image : null;
  const isEach = isSource && several !== null && isExported(source(), several);
  const parts = isEach ? [folder, isSitemap ? stem : served, EACH] : [folder, served];
  return `/${parts.filter(Boolean).join('/')}`;
}

/** Whether a module exports a name that it declares or hands on. */
function isExported(file: ParsedFile | null, name: string): boolean {
  const statements = file === null ? [] : children(file.program, 'body');
  return statements.some((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return false;
    const declaration = child(statement, 'declaration');
    const declared = declaration === null ? [] : [declaration, ...children(declaration, 'declarations')];
    return (
      declared.some((each) => isIdentifier(child(each, 'id'), name)) ||
      children(statement, 'specifiers').some((each) => isIdentifier(child(each, 'exported'), name))
    );
  });
}
