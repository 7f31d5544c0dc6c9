import type { RunningApp } from '../../runtimes/index.ts';

/**
 * Watches for an end that nobody asked for.
 *
 * @param told makes what it said last fit to be shown
 * @returns what it said last, once it ended by itself; null while it runs
 */
export function endingOf(
  app: RunningApp,
  wasAsked: () => boolean,
  told: (text: string) => string,
): () => string | null {
  let ended: string | null = null;
  void app.exited.then(({ code, signal }) => {
    // Stopped by us, or because the user interrupted us: that is no crash.
    if (wasAsked()) return;
    const how = signal ? `ended by ${signal}` : `exit code ${code}`;
    const last = told(app.logs.tail(5).join(' | '));
    ended = last ? `${how}, after: ${last}` : `${how}, without a word`;
  });
  return () => ended;
}
