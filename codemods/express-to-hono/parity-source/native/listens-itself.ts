/** Bun serves what its entry exports by default, unless that can be stopped, as a server that runs already (1.4.5). */
export function listensItself<Exported extends object>(exported: Exported): Exported {
  return 'stop' in exported ? exported : Object.defineProperty(exported, 'stop', { value: () => {} });
}
