import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { sign } from 'cookie-signature';

const get = (path, headers = {}) => ({ method: 'GET', path, headers });
const head = (path, headers = {}) => ({ method: 'HEAD', path, headers });
const post = (path, type, body, headers = {}) => ({
  method: 'POST',
  path,
  headers: { ...(type ? { 'Content-Type': type } : {}), ...headers },
  body,
});
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

const part = (name, content, filename, type = 'text/plain') =>
  `--X\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n` +
  `${filename === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n${content}\r\n`;
const multipart = (path, parts, headers) =>
  post(path, 'multipart/form-data; boundary=X', `${parts.join('')}--X--\r\n`, headers);

/** Requests whose answers must be the same bytes on Express and on Hono. `{etag}` and `{date}` are those of `/static/page.html`. */
export const cases = [
  // answers by type
  ...['/', '/html', '/empty-string', '/text', '/csv', '/xml', '/latin', '/buffer', '/typed-buffer', '/number', '/boolean',
    '/null', '/nothing', '/null-json', '/array', '/ended', '/own-etag', '/problem', '/stream', '/any/thing'].flatMap((path) => [get(path), head(path)]),
  ...[200, 204, 205, 304, 404, 418, 503].flatMap((code) => [get(`/status/${code}`), head(`/status/${code}`)]),
  post('/created', json, '{}'),
  { method: 'DELETE', path: '/gone', headers: {} },
  ...['json', 'html', '.css', 'text%2Fx-y', 'nosuchtype', 'svg', 'js'].flatMap((type) => [get(`/type/${type}`), get(`/type-text/${type}`)]),
  // 304
  ...['W/"11-IkjuL6CqqtmReFMfkkvwC0sKj04"', '*', '"x", W/"11-IkjuL6CqqtmReFMfkkvwC0sKj04"', '"x"'].flatMap((etag) => [
    get('/', { 'If-None-Match': etag }),
    head('/', { 'If-None-Match': etag }),
    get('/', { 'If-None-Match': etag, 'Cache-Control': 'no-cache' }),
  ]),
  get('/own-etag', { 'If-None-Match': '"mine"' }),
  post('/created', json, '{}', { 'If-None-Match': '*' }),
  get('/ended', { 'If-None-Match': '*' }),
  get('/problem', { 'If-None-Match': '*' }),
  // redirects
  ...[undefined, 'text/html', 'text/plain', 'application/json', '*/*', 'text/*;q=0.5, text/html;q=0.1'].flatMap((accept) =>
    ['/redirect', '/moved', '/redirect?to=%2F%2Fevil%22%3Cscript%3E', '/redirect?to=%2Fcaf%C3%A9%2520x'].flatMap((path) => [
      get(path, accept ? { Accept: accept } : {}),
      head(path, accept ? { Accept: accept } : {}),
    ]),
  ),
  post('/see-other', form, 'a=1'),
  get('/back'),
  get('/back', { Referer: '/from' }),
  get('/vary'),
  // query strings
  ...['', '?', '?a=1&a=2', '?a[b]=1&a[c][d]=2', '?a[]=1&a[]=2', '?a=%zz&b=%E4', '?a=1+2&b=%20', '?=x', '?a', '?a=b=c', '?__proto__=1',
    '?hasOwnProperty=1', '?a;b=1', '?a=1#frag', '?a[0]=x&a[25]=y', `?${'a=1&'.repeat(1100)}b=2`, '?x=%F0%9F%98%80'].map((query) => get(`/query${query}`)),
  // JSON bodies
  ...['{"a":1}', '', '[]', ' [1]', '{"a":', 'null', '"x"', '5', 'true', '{"__proto__":1}', `{"a":"${'x'.repeat(300)}"}`, '{"é":"ü"}', '{a:1}', '\ufeff{"a":1}', '   '].flatMap((body) => [
    post('/echo', json, body),
    post('/echo', `${json}; charset=UTF-8`, body),
  ]),
  post('/echo', 'application/json; charset=utf-16', Buffer.from('{"a":1}', 'utf16le')),
  post('/echo', 'application/json; charset=latin1', '{}'),
  post('/echo', 'application/json; charset=x-none', '{}'),
  post('/echo', 'application/vnd.api+json', '{}'),
  post('/echo', 'text/json', '{}'),
  post('/echo', json, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])),
  post('/echo', json, gzipSync('{"a":"zipped"}'), { 'Content-Encoding': 'gzip' }),
  post('/echo', json, deflateSync('{"a":"deflated"}'), { 'Content-Encoding': 'Deflate' }),
  post('/echo', json, brotliCompressSync('{"a":"brotli"}'), { 'Content-Encoding': 'br' }),
  post('/echo', json, gzipSync(`{"a":"${'x'.repeat(5000)}"}`), { 'Content-Encoding': 'gzip' }),
  post('/echo', json, 'not gzip', { 'Content-Encoding': 'gzip' }),
  post('/echo', json, '{}', { 'Content-Encoding': 'x-unknown' }),
  post('/echo', json, '{}', { 'Content-Encoding': 'identity' }),
  { ...post('/echo', json, '{"chunked":true}'), chunked: true },
  { ...post('/echo', json, `{"chunked":"${'x'.repeat(500)}"}`), chunked: true },
  { method: 'GET', path: '/echo', headers: { 'Content-Type': json }, body: '{"get":1}' },
  { method: 'DELETE', path: '/echo', headers: { 'Content-Type': json }, body: '{"delete":1}' },
  get('/echo'),
  post('/echo', undefined, '{"untyped":1}'),
  post('/echo', 'nonsense', '{}'),
  // other bodies
  ...['a=1&b=2', 'a[b][c]=1&a[d]=2', '', 'a=%zz', 'a=1&a=2', 'a=+%2B', `a=${'x'.repeat(300)}`, 'a=1&b=2&c=3&d=4&e=5', 'a=1&b=2&c=3&d=4&e=5&f=6',
    `a${'[b]'.repeat(40)}=1`, 'é=ü', '__proto__=1'].map((body) => post('/echo', form, body)),
  post('/echo', `${form}; charset=iso-8859-1`, 'a=%E4'),
  post('/echo', `${form}; charset=koi8-r`, 'a=1'),
  ...['hello', '', 'é', 'x'.repeat(300)].map((body) => post('/echo', 'text/plain', body)),
  post('/echo', 'text/plain; charset=iso-8859-1', Buffer.from([0xe9])),
  post('/echo', 'text/plain; charset=utf-16le', Buffer.from('hé', 'utf16le')),
  post('/echo', 'text/plain; charset=nope', 'x'),
  post('/echo', 'application/octet-stream', Buffer.from([0, 1, 255])),
  post('/echo', 'application/octet-stream', Buffer.alloc(300)),
  // cookies
  get('/set-cookies'),
  ...['a=1', 'a=1; b="q r"; a=2', 'j=j%3A%7B%22a%22%3A1%7D', 'j=j%3Anull; k=j:{bad', 's=s%3Avalue.wrong', 'a=%zz; =x; b',
    `s=${encodeURIComponent('s:v.')}`, ...['first', 'second', 'third'].map((secret) => `s=${encodeURIComponent(`s:${sign('j:{"a":1}', secret)}`)}`)].map((cookie) => get('/cookies', { Cookie: cookie })),
  get('/cookies'),
  // routing
  ...['/users/7', '/users/7/', '/USERS/AbC', '/users/', '/users', '/users/a%20b', '/users/%E4%BD%A0', '/users/100%25', '/users/%2520', '/users/a%2Fb', '/users/%', '/users/%E4',
    '/users/a+b', '/users//7', '/files/a.tar.gz', '/files/a', '/flights/A-B', '/flights/A-B-C', '/case', '/CASE/', '/digits/12', '/digits/x', '/optional', '/optional/', '/optional/q', '/abcd', '/acd', '/abbcd',
    '/wild', '/wild/', '/wild/a/b%20c/d%2Fe', '/wild/%zz', '/mid/a/b/end', '/mid//end', '/prefix', '/prefix/', '/prefix/inside?a=1', '/PREFIX/Inside', '/prefixed', '/prefix/inside/',
    '/api', '/api/', '/API/items?x=%20', '/api/items/', '/api/none', '/apix', '/api/deep/leaf/%41', '/api/deep/leaf/a%', '/api/deep', '/api/throws', '/api/tail/a/b', '/api/tail',
    '/members/1', '/members/1?skip=1', '/members/bad', '/members/%zz', '/nope', '/nope?q=<script>', '/n%20o<pe', '/a/../users/7', '//users/7', '/users/7?x=/y', '/catch/1', '/catch'].flatMap((path) => [get(path), head(path)]),
  ...['/', '/users/7', '/api/items/3', '/api/items', '/echo', '/nope', '/static/page.html', '/users/%', '/prefix/inside', '/api', '/members/1'].map((path) => ({ method: 'OPTIONS', path, headers: {} })),
  ...['PUT', 'POST', 'DELETE', 'PATCH', 'TRACE'].map((method) => ({ method, path: '/users/7', headers: {} })),
  { method: 'POST', path: '/users/%zz', headers: {} },
  post('/api/items/a%20b', json, '{}'),
  // errors
  ...['/boom', '/boom-async', '/boom-status', '/boom-teapot', '/boom-odd'].flatMap((path) => [get(path), head(path)]),
  // the request
  get('/ip'),
  get('/ip', { 'X-Forwarded-For': '1.2.3.4', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'a.example' }),
  get('/ip', { Host: 'Example.com:8080' }),
  get('/ip', { Host: '[::1]:80' }),
  post('/is', json, '{}'),
  post('/is', 'text/plain', 'x'),
  post('/is', form, 'a=1'),
  { method: 'POST', path: '/is', headers: { 'Content-Type': json } },
  ...[undefined, 'application/json', 'text/html, application/json;q=0.5', '*/*', 'image/png', 'text/*'].flatMap((accept) =>
    ['/accepts', '/format', '/format-default'].map((path) => get(path, accept ? { Accept: accept } : {})),
  ),
  ...['', '?callback=f', '?callback=a.b[0]', '?callback=<x>', '?callback=a&callback=b', '?callback='].map((query) => get(`/jsonp${query}`)),
  // files
  ...['/static', '/static/', '/static/page.html', '/static/page.HTML', '/static/style.css', '/static/data.json', '/static/script.js', '/static/none.txt', '/static/sub', '/static/sub/', '/static/sub?a=1', '/static/sub%20dir',
    '/static/.env', '/static/.well/x', '/static/../secret.txt', '/static/%2e%2e/secret.txt', '/static/..%2fsecret.txt', '/static/%00', '/static/%zz', '/static/a%20b.txt', '/static/%C3%BC.txt', '/static/page.html/', '/static/empty.txt',
    '/static//page.html', '/static/noext', '/hidden/.env', '/hidden/sub', '/hidden/', '/denied/.env', '/denied/none', '/denied/page.html', '/html/page', '/html/none', '/file', '/file-in-root?name=page.html', '/file-in-root?name=../secret.txt',
    '/file-in-root?name=none', '/file-in-root?name=sub', '/file-created', '/download', '/download-as', '/attachment', '/attachment-plain'].flatMap((path) => [get(path), head(path)]),
  { method: 'POST', path: '/static/page.html', headers: {} },
  { method: 'POST', path: '/denied/page.html', headers: {} },
  ...['bytes=0-3', 'bytes=5-', 'bytes=-4', 'bytes=0-0', 'bytes=100-1', 'bytes=9999-', 'bytes=0-1,4-5', 'bytes=0-3,2-5', 'items=0-1', 'bytes=x', 'bytes=-9999', 'bytes=0-9999'].flatMap((range) => [
    get('/static/page.html', { Range: range }),
    head('/static/page.html', { Range: range }),
    get('/file', { Range: range }),
  ]),
  get('/static/page.html', { Range: 'bytes=0-3', 'If-Range': '{etag}' }),
  get('/static/page.html', { Range: 'bytes=0-3', 'If-Range': '"other"' }),
  get('/static/page.html', { Range: 'bytes=0-3', 'If-Range': '{date}' }),
  get('/static/page.html', { Range: 'bytes=0-3', 'If-Range': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
  ...['/static/page.html', '/denied/page.html'].flatMap((path) => [
    get(path, { 'If-None-Match': '{etag}' }),
    head(path, { 'If-None-Match': '{etag}' }),
    get(path, { 'If-None-Match': '"other"' }),
    get(path, { 'If-Modified-Since': '{date}' }),
    get(path, { 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
    get(path, { 'If-Match': '"other"' }),
    get(path, { 'If-Match': '*' }),
    get(path, { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' }),
  ]),
  // uploads
  multipart('/upload/single', [part('doc', 'hello', 'a.txt'), part('title', 'é')]),
  multipart('/upload/single', [part('title', 'only text')]),
  multipart('/upload/single', [part('doc', '', 'empty.txt')]),
  multipart('/upload/single', [part('doc', 'hello', 'süß %22x%22.txt', 'image/png')]),
  multipart('/upload/single', [part('doc', 'longer than ten', 'a.txt')]),
  multipart('/upload/single', [part('other', 'x', 'a.txt')]),
  multipart('/upload/single', [part('doc', 'x', 'a.txt'), part('doc', 'y', 'b.txt')]),
  multipart('/upload/single', [part('doc', 'x', 'skipped.txt')]),
  multipart('/upload/single', [part('doc', 'x', 'error.txt')]),
  multipart('/upload/single', [part('a', '1'), part('b', '2'), part('c', '3')]),
  multipart('/upload/single', [part('a[b]', '1'), part('a[c]', '2')]),
  multipart('/upload/array', [part('doc', 'x', 'a.txt'), part('doc', 'y', 'b.txt')]),
  multipart('/upload/array', [part('doc', 'x', 'a.txt'), part('doc', 'y', 'b.txt'), part('doc', 'z', 'c.txt')]),
  multipart('/upload/fields', [part('doc', 'x', 'a.txt'), part('pic', 'y', 'b.png', 'image/png'), part('n', '1')]),
  multipart('/upload/any', [part('q', 'x', 'a.txt')]),
  multipart('/upload/any', []),
  multipart('/upload/none', [part('n', '1')]),
  multipart('/upload/none', [part('doc', 'x', 'a.txt')]),
  multipart('/upload/disk', [part('doc', 'on disk', 'a.txt')], { 'X-Name': 'one' }),
  post('/upload/single', json, '{"not":"multipart"}'),
  post('/upload/single', 'multipart/form-data', 'no boundary'),
  post('/upload/single', 'multipart/form-data; boundary=X', '--X\r\nbroken'),
];
