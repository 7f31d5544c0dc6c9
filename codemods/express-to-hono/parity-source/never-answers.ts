/** The request gets no answer on this path, as before: the client waits until it gives up. */
export function neverAnswers(): Promise<never> {
  return new Promise(() => {});
}
