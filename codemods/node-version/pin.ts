import type { Span } from '../../src/model/location.ts';

/** A place that says which Node it is: what becomes of it, or why it stays. */
export type Pin = { span: Span; name: string } & (
  | { becomes: string; reason?: undefined }
  | { becomes?: undefined; reason: string }
);

/** A version as it is written: whole, in part, or by a name of Node's releases. */
const WRITTEN = /^v?(?:\d+(?:\.(?:\d+|x|\*)){0,2}|lts\/?[\w*-]*|latest|current|node|stable)$/i;

/** Another version in the place of one; a text that is none is no place of ours. */
export const versionPin = (written: string, start: number, name: string, version: string): Pin[] => {
  if (!WRITTEN.test(written)) return [];
  const v = /^v\d/.test(written) ? 'v' : '';
  return [{ span: { start, end: start + written.length }, name, becomes: `${v}${version}` }];
};
