import { basename, dirname, extname, posix } from 'node:path';
import type { Conversion, FileWork } from '../state/conversion.ts';
import { importsOf } from './imports-of.ts';

export const usesModules = (work: FileWork): boolean =>
  work.file.typescript || work.file.moduleSyntax || work.file.module === 'esm';

/** How the file would name another one: with the extension its own imports use. */
export function relativeSpecifier(conversion: Conversion, work: FileWork, target: string): string {
  const relatives = (each: FileWork) =>
    importsOf(each).flatMap(({ module }) => (module.startsWith('.') ? [module] : []));
  const own = relatives(work);
  const relative = posix.relative(dirname(work.file.path), dirname(target));
  const stem = basename(target, extname(target));
  const base =
    relative === ''
      ? `./${stem}`
      : relative.startsWith('.')
        ? `${relative}/${stem}`
        : `./${relative}/${stem}`;
  if (!usesModules(work)) return /\.cjs$/.test(target) ? `${base}.cjs` : base;
  if (!work.file.typescript) return base + extname(target);
  const any = own.some((module) => /\.[cm]?[jt]sx?$/.test(module))
    ? own
    : [...conversion.files.values()].flatMap(relatives);
  if (any.some((module) => /\.[cm]?tsx?$/.test(module))) return base + extname(target);
  if (any.some((module) => /\.[cm]?js$/.test(module)) || (any.length === 0 && work.file.module === 'esm'))
    return base + extname(target).replace('ts', 'js');
  return base;
}
