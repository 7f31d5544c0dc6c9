/**
 * On SIGTERM or SIGINT: takes no more connections, waits for the answers under way, goes.
 *
 * @param close stops the server; its promise settles once all is answered
 */
export function stopOnSignal(close: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, async () => {
      console.log(`${signal} received, closing`);
      await close();
      process.exit(0);
    });
  }
}
