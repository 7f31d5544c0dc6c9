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
const AT_ROOT = /^(?:favicon|robots|manifest)\b/;

/**
 * `app/favicon.ico`, `app/sitemap.ts`, `app/blog/opengraph-image.tsx`. In a group an image gets a suffix of Next's own, so
 * there it is not told. Source: Next.js 15, Metadata Files API Reference.
 *
 * @param folder below `app`, '' for itself
 */
export function metadataPath(folder: string, name: string): string | null {
  const isSource = SOURCE.test(name);
  const stem = name.replace(/\.[^.]+$/, '');
  const served = isSource
    ? (MADE[stem] ?? (IMAGE.test(stem) ? stem : null))
    : STATIC.test(name)
      ? name
      : null;
  if (served === null || (AT_ROOT.test(name) && folder !== '')) return null;
  if (/[(@]/.test(folder)) return null;
  return `/${[folder, served].filter(Boolean).join('/')}`;
}
