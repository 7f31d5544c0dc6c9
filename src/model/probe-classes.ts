/** `malformed`: requests that are no proper HTTP/1.1, on a raw socket; `abort`: clients that go away in the middle of an answer. */
export const PROBE_CLASSES = ['malformed', 'abort'] as const;
