import { parse as parseSimple } from 'node:querystring';
import { createGunzip, createInflate } from 'node:zlib';
import { type FormReading, parseExtendedForm } from '../forms.ts';

/** In Express 4 a parser leaves `{}` when there was nothing for it to parse. */
export const unparsedBody = (): unknown => ({});

export const decompressors = { gzip: createGunzip, deflate: createInflate };

export const isFormCharset = (charset: string): boolean => charset === 'utf-8';

/** Express 4 forms are extended (`a[b]=1` nests) unless `extended: false`. */
export function parseForm(
  text: string,
  options: FormReading,
  limits: { parameterLimit: number; count: number; charset: string },
): unknown {
  const { parameterLimit, count } = limits;
  if (options.extended === false) return parseSimple(text, undefined, undefined, { maxKeys: parameterLimit });
  return parseExtendedForm(text, {
    depth: options.depth ?? 32,
    arrayLimit: Math.max(100, count),
    parameterLimit,
  });
}
