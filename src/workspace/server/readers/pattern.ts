/** A path with the slash that a router adds: paths may be written without it. */
export const pathSource = (written: string): string =>
  written.startsWith('/') || written === '' ? written : `/${written}`;
