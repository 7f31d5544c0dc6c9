/** What an exchange must be like, by name, each with what it means. */
export const TRAITS = {
  options: 'the request is OPTIONS',
  head: 'the request is HEAD',
  'no-get': 'the request is neither GET nor HEAD',
  conditional: 'the request has If-None-Match, If-Modified-Since, If-Match or If-Unmodified-Since',
  'other-case': 'the path is in other letters than the route: /NOTES for /notes',
  'other-case-not-found': 'the path is in other letters than the route, and both sides answer with 404',
  'other-case-served':
    'the path is in other letters than the route, and both sides serve it: a status of 200 to 299, or 304',
  'empty-rest': 'nothing stands where the wildcard of the route is: /v1/ for /v1/*',
  'before-optional': 'the path ends before the slash of an optional part: /v1 for /v1/{:page}',
  'bad-escape': 'the path has a % that begins no escape of UTF-8',
  dots: 'the path has a . or .. between its slashes',
  'root-slashes': 'the path is // and no more',
  'odd-query': 'a key of the query is repeated, or has brackets',
  'odd-body': 'GET, HEAD or OPTIONS has a body, or the body is in Brotli or UTF-16',
  'odd-cookie': 'a cookie has no name, or a character in its value that RFC 6265 does not allow',
  'marked-cookie': 'the value of a cookie begins with j: or s:, by which Express knows JSON and signatures',
  error: 'the old side answers with a status of 400 or more',
  'no-content': 'the old side answers with the status 204 or 205',
  'no-store': 'the old side answers with Cache-Control: no-store',
  'not-modified': 'the old side answers with the status 304',
  redirect: 'the old side answers with a status of 300 to 399 and a Location',
} as const;

/** In what both values are the same, by name, each with what it means. */
export const SAMENESSES = {
  charset: 'the same media type; UTF-8 is spelt otherwise, or not said of JSON',
  address: 'the same URL once both are encoded',
  'file-name': 'the same disposition and file name, quoted or encoded otherwise',
  'file-type': 'another name of the same registered media type, the charset as above',
  list: 'the same items of a list, however many lines they stand on; a field of Vary once',
  'less-accept': 'the same fields of Vary, but Accept, which the old side alone names',
  'body-length': 'the length of the body that the new side sends',
} as const;
