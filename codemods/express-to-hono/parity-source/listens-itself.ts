/**
 * Bun serves what its entry exports by default where that has `fetch` or `app` (measured on 1.4.5). What can `stop` it
 * takes for a server that runs already: an application that listens by itself is then served once.
 */
export function listensItself<Exported extends object>(exported: Exported): Exported {
  if (!('stop' in exported)) Object.defineProperty(exported, 'stop', { value: () => {} });
  return exported;
}
