import type { FileWork } from '../../shared/edit/work.ts';
import { type Conversion, want } from '../state.ts';
import type { PackageRule } from './contract.ts';

/** The packages that the application registers, with what they give it. */
const rules = ({ packages }: Pick<Conversion, 'packages'>): PackageRule[] => [...packages];

/** What a member that a package gives requests becomes; null where none does. */
export function packageMember(
  conversion: Conversion,
  work: FileWork,
  name: string,
  c: string,
): string | null {
  const found = rules(conversion).find(({ request }) => request?.[name] !== undefined);
  return found?.request?.[name]?.((module, wanted) => ask(conversion, work, module, wanted), c) ?? null;
}

/** The function that stands for one that a package gives requests or replies. */
export function packageFunction(conversion: Conversion, work: FileWork, name: string): string | null {
  const found = rules(conversion).find(({ functions }) => functions?.[name] !== undefined)?.functions?.[name];
  return found === undefined ? null : ask(conversion, work, `parity/${found.file}`, found.name);
}

export const isPackageFunction = (conversion: Conversion, name: string): boolean =>
  rules(conversion).some(({ functions }) => functions?.[name] !== undefined);

/** What a function that a package gives replies answers; null where none does. */
export const packageEnd = (conversion: Conversion, name: string) =>
  rules(conversion)
    .map(({ ends }) => ends?.(name) ?? null)
    .find((each) => each !== null) ?? null;

/** Asks for a name, and for the file that it stands in. */
export function ask(conversion: Conversion, work: FileWork, module: string, name: string): string {
  if (module.startsWith('parity/')) conversion.support.add(module.slice('parity/'.length));
  return want(work, module, name);
}

/** Whether a package gives the application a member. */
export const decoratedBy = (conversion: Conversion, name: string): boolean =>
  rules(conversion).some(({ app }) => app?.includes(name));

/** Members that plugins give Fastify's own requests and replies, where these are used as they are. */
const LENT: Readonly<Record<'request' | 'reply', RegExp>> = {
  request: /^(?:user|\w*[jJ]wt(?:Verify|Decode))$/,
  reply: /^\w*[jJ]wtSign$/,
};

/** Whether a member is asked of Fastify's own request or reply: that of a plugin that nothing stands for. */
export const isLent = ({ lends }: Conversion, of: 'request' | 'reply', name: string): boolean =>
  lends && LENT[of].test(name);
