import type { Conversion } from '../../state/conversion.ts';

/** The name that Hono gives what the `*` of Express 4 took, which Express names by its number. */
export const REST_NAME = 'rest';

/** Whether some route has a regular expression as its path. */
export const hasRegexps = (conversion: Conversion): boolean =>
  conversion.program.registrations.some(
    ({ method, paths }) => method !== 'use' && paths.some(({ regexp }) => regexp),
  );
