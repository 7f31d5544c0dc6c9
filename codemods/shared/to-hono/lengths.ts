import type { ExpectedDifference } from '../../../src/model/changeset.ts';

/** A length that is said otherwise, and chunks in its place. */
export const lengths = (about: string, when?: ExpectedDifference['when']): ExpectedDifference[] => [
  { location: 'header:content-length', kind: 'header-missing', new: null, about, ...(when && { when }) },
  { location: 'header:content-length', kind: 'header-added', same: 'body-length', about },
  { location: 'header:content-length', kind: 'header-value', same: 'body-length', about },
  { location: 'header:transfer-encoding', kind: 'header-added', new: 'chunked', about: 'sent in chunks' },
  { location: 'header:transfer-encoding', kind: 'header-missing', new: null, about: 'not in chunks' },
];
