import createError from 'http-errors';
import qs, { type IParseOptions } from 'qs';

/** How a form is read. */
export interface FormReading {
  extended?: boolean;
  parameterLimit?: number;
  depth?: number;
  charsetSentinel?: boolean;
  interpretNumericEntities?: boolean;
}

/** A form nested deeper than allowed is the client's error. */
export function parseExtendedForm(text: string, options: IParseOptions): unknown {
  try {
    return qs.parse(text, { allowPrototypes: true, strictDepth: true, ...options } as IParseOptions);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw createError(400, 'The input exceeded the depth', { type: 'querystring.parse.rangeError' });
  }
}
