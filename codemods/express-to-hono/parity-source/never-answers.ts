/**
 * The request gets no answer on this path, as before: the client waits until it gives up.
 *
 * @param after what is waited for first: where it fails, the error is answered
 */
export async function neverAnswers(after?: unknown): Promise<never> {
  await after;
  return new Promise(() => {});
}
