import type { Location } from './location.ts';

/** `file:line:column`, the form every message uses. */
export const at = (location: Location): string => `${location.file}:${location.line}:${location.column}`;
