/** Fields that belong to one connection, in lower case (RFC 9110 §7.6.1): they are not carried over to another. */
export const HOP_BY_HOP = [
  ...['connection', 'proxy-connection', 'keep-alive'],
  ...['transfer-encoding', 'te', 'trailer', 'upgrade'],
] as const;
