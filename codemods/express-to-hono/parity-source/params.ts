/** Express's own failure for a parameter that is not valid percent-encoding: status 400, before the handler runs. */
export function decodeParam(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    error.message = `Failed to decode param '${value}'`;
    throw Object.assign(error, { status: 400, statusCode: 400 });
  }
}

/** Hono decodes a parameter when it is read; one that is decoded already must come out unchanged. */
export function guardParam(value: string): string {
  return value.includes('%') ? encodeURIComponent(value) : value;
}
