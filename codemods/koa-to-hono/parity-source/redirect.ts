/** Where Koa sends a client to: the address with what may not stand in one encoded. */
const MAY_NOT_STAND = /(?:[^!%&-;=?-[\]_a-z~]|%(?![\da-fA-F]{2}))+/g;

/** An address as the header `Location` has it. */
export function location(to: string): string {
  const address = /^https?:\/\//i.test(to) && URL.canParse(to) ? new URL(to).toString() : to;
  return address.replace(MAY_NOT_STAND, encodeURI);
}
