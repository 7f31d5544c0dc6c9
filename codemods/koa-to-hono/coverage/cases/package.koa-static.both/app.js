/*
package: koa-static
requests:
  - GET /
  - GET /a.txt
  - HEAD /a.txt
  - GET /none.txt
  - GET /api
  - POST /a.txt
  - {GET: /a.txt, headers: {Range: bytes=0-1}}
  - GET /.hidden
  - GET /.well-known/a.txt
  - GET /sub
  - GET /sub/
  - GET /empty
  - {GET: /a.txt, headers: {Accept-Encoding: 'gzip, br'}}
  - {GET: /data, headers: {Accept-Encoding: 'gzip;q=0'}}
  - GET /data
  - GET /script.js
  - GET /a%ZZ
  - GET /..%2Fapp.js
  - GET /a.txt/
  - {GET: /a.txt, headers: {If-Modified-Since: 'Fri, 01 Jan 2100 00:00:00 GMT'}}
mask: ['last-modified: [^\n]*']
packages: ['@koa/router', koa-static]
*/
const path = require('path');
const Koa = require('koa');
const Router = require('@koa/router');
const serve = require('koa-static');

const app = new Koa();
const router = new Router();

app.use(serve(path.join(__dirname, 'public'), { maxage: 1000 }));
router.get('/api', (ctx) => {
  ctx.body = { api: true };
});
app.use(router.routes());
app.listen(process.env.PORT);
