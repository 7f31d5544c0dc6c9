import { subject } from '../contract.ts';
import { first, same } from '../inside/seen.ts';

type Path = typeof import('node:path') & { matchesGlob?: (path: string, pattern: string) => boolean };

export default subject<Path>('path', {
  join: ({ join, relative, resolve, normalize }) =>
    first(
      same(join('a', '../b', './c'), 'b/c'),
      same(relative('/a/b', '/a/c/d'), '../c/d'),
      same(resolve('/a', '..', 'b'), '/b'),
      same(normalize('/a//b/../c/'), '/a/c/'),
    ),
  parse: ({ parse, format }) => same(format(parse('/a/b.tar.gz')), '/a/b.tar.gz'),
  'win32.join': ({ win32 }) => same(win32.join('C:\\a', '..\\b'), 'C:\\b'),
  matchesGlob: ({ matchesGlob }) => same(matchesGlob?.('a/b.ts', '**/*.ts'), true),
});
