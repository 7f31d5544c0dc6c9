import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { type FormReading, parseExtendedForm } from '../forms.ts';

/** In Express 5 the body stays undefined when no parser took it. */
export const unparsedBody = (): unknown => undefined;

export const decompressors = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress };

export const isFormCharset = (charset: string): boolean => charset === 'utf-8' || charset === 'iso-8859-1';

/** Express 5 forms are flat unless `extended: true`. */
export function parseForm(
  text: string,
  options: FormReading,
  limits: { parameterLimit: number; count: number; charset: string },
): unknown {
  const { parameterLimit, count, charset } = limits;
  return parseExtendedForm(text, {
    depth: options.extended ? (options.depth ?? 32) : 0,
    arrayLimit: options.extended ? Math.max(100, count) : count,
    charset: charset as 'utf-8' | 'iso-8859-1',
    charsetSentinel: options.charsetSentinel,
    interpretNumericEntities: options.interpretNumericEntities,
    parameterLimit,
  });
}
