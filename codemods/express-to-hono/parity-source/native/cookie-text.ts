/** A cookie's value as `res.cookie` writes it: an object as JSON. */
export const cookieText = (value: unknown): string =>
  typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value);
