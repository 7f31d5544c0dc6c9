/**
 * How another runtime's own runner, which knows `node:test`, runs what `node --test` runs. Node gives each file a process of
 * its own and each test all the time it takes.
 */
export const NODE_TESTS_ON: Readonly<Record<'bun' | 'deno', string>> = {
  bun: 'bun test --isolate --timeout=600000',
  deno: 'deno test --allow-all --no-check',
};
