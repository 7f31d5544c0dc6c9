/**
 * Fields of one value, in lower case: a comma is part of it, or a second line means something else (RFC 9110 §5.3). Their
 * lines are never read as one.
 */
const SINGLE = new Set([
  ...['date', 'expires', 'last-modified', 'retry-after', 'age', 'etag', 'location', 'refresh'],
  ...['content-type', 'content-length', 'content-disposition', 'content-range', 'content-location'],
  ...['server', 'strict-transport-security', 'access-control-allow-origin', 'access-control-max-age'],
  ...['access-control-allow-credentials', 'www-authenticate', 'proxy-authenticate', 'authentication-info'],
]);

/** Whether the lines of a field may not be joined. @param name in lower case */
export const isSingleLine = (name: string): boolean => SINGLE.has(name);
