import { freshName } from '../../../src/workspace/syntax/bindings.ts';
import { child, literalText } from '../../../src/workspace/syntax/nodes.ts';
import { importsOf } from '../../shared/edit/imports-of.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';

/** Other names for what is imported, for files where the name is taken. */
const SECOND_CHOICE: Record<string, string> = {
  upload: 'multipart',
  rawBody: 'bytesBody',
  redirect: 'sendRedirect',
  links: 'setLinks',
  range: 'requestedRange',
  host: 'requestHostWithPort',
  subdomains: 'requestSubdomains',
  render: 'renderPage',
  locals: 'localsOf',
  send: 'sendBody',
  query: 'parsedQuery',
  param: 'routeParam',
  cookies: 'parseCookies',
  notFound: 'notFoundPage',
  download: 'sendDownload',
  serve: 'serveApp',
  stream: 'streamBody',
  location: 'setLocation',
  json: 'sendJson',
  is: 'hasType',
  end: 'endWith',
  format: 'byType',
  vary: 'varyBy',
  accepts: 'acceptedType',
  protocol: 'requestProtocol',
  hostname: 'requestHost',
};

/**
 * The local name of an imported value; the import is written at the end, once a file.
 *
 * @param module `parity` for the generated parity module, `env` for the module of `AppEnv`, else a package
 */
export function importName(
  conversion: Conversion,
  work: FileWork,
  module: string,
  name: string,
  options: { type?: boolean } = {},
): string {
  const known = work.wanted.get(module)?.get(name);
  if (known !== undefined) {
    if (!options.type && conversion.dry === 0) known.type = false;
    return known.local;
  }
  const scope = work.bindings.module;
  const present = scope.bindings.get(name);
  const holder = present === undefined ? undefined : work.parents.get(present.declaration);
  const source =
    holder?.type === 'ImportDeclaration'
      ? literalText(child(holder, 'source'))
      : (importsOf(work).find(({ bindings }) => present !== undefined && bindings.includes(present))
          ?.module ?? null);
  if (source !== null && source.replace(/^node:/, '') === module.replace(/^node:/, '')) return name;
  const free = (wanted: string) => freshName(scope, wanted, work.taken) === wanted;
  const local = free(name)
    ? name
    : freshName(scope, SECOND_CHOICE[name] ?? `hono${name[0]?.toUpperCase()}${name.slice(1)}`, work.taken);
  if (conversion.dry > 0) return local;
  work.taken.add(local);
  if (module === 'parity') conversion.parity.add(name);
  const names = work.wanted.get(module) ?? new Map<string, { local: string; type: boolean }>();
  names.set(name, { local, type: options.type ?? false });
  work.wanted.set(module, names);
  return local;
}

export const parityName = (conversion: Conversion, work: FileWork, name: string): string =>
  importName(conversion, work, 'parity', name);
