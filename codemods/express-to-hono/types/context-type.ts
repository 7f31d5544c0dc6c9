import { importName } from '../edit/imports.ts';
import type { Conversion, FileWork } from '../state/conversion.ts';

/** `Context<AppEnv>`, with both names imported. */
export function contextType(conversion: Conversion, work: FileWork): string {
  return `${importName(conversion, work, 'hono', 'Context', { type: true })}<${appEnv(conversion, work)}>`;
}

/** The name of the application's environment type in a file. */
export const appEnv = (conversion: Conversion, work: FileWork): string =>
  importName(conversion, work, 'env', 'AppEnv', { type: true });
