import { ServerResponse } from 'node:http';

const OF_EXPRESS = new Set(
  (
    'app append attachment charset clearCookie contentType cookie download format get header json jsonp links ' +
    'locals location redirect render req send sendFile sendStatus sendfile set status type vary'
  ).split(' '),
);

/** Whether a member of the response is the application's own: neither Express nor Node has one of that name. */
export const isOwnMember = (name: string): boolean =>
  !OF_EXPRESS.has(name) && !(name in ServerResponse.prototype);
