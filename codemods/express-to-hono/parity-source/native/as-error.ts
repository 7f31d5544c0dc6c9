/** Hono's error handlers get Errors alone. That of passport is none on Deno, which has no `__proto__` to inherit by. */
export function asError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  return Object.assign(new Error(String(thrown)), typeof thrown === 'object' ? thrown : undefined);
}
