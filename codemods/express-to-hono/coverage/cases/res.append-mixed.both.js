/*
member: res.append
variant: with cookies, after set, read back, in a middleware
requests: [GET /cookies, GET /set, GET /again, GET /read, GET /type, GET /typed, GET /object, GET /empty, GET /one, GET /redirect, GET /end, GET /links]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.append('X-Trace', 'first');
  next();
});
app.get('/cookies', (req, res) => {
  res.cookie('a', '1');
  res.append('Set-Cookie', ['b=2', 'c=3']);
  res.append('Set-Cookie', 'd=4; Path=/');
  res.json(res.get('Set-Cookie'));
});
app.get('/set', (req, res) => {
  res.append('X-Trace', 'second');
  res.set('X-Trace', 'only');
  res.send('x');
});
app.get('/again', (req, res) => {
  res.set('X-Trace', ['a', 'b']);
  res.append('X-Trace', ['c', 'd']);
  res.json(res.getHeader('x-trace'));
});
app.get('/read', (req, res) => {
  res.append('X-Trace', 'second');
  res.append('X-Other', 'one');
  res.json([res.get('X-Trace'), res.get('x-other'), res.get('X-Powered-By'), res.get('ETag')]);
});
app.get('/type', (req, res) => {
  res.type('html');
  res.send(res.get('Content-Type'));
});
app.get('/typed', (req, res) => {
  const type = req.query.none ? 'text/plain' : 'text/css';
  res.set('Content-Type', type);
  res.send('/* ' + res.get('content-type') + ' */');
});
app.get('/object', (req, res) => {
  res.set({ 'X-List': ['1', '2'], 'X-Plain': 'p' });
  res.send('x');
});
app.get('/empty', (req, res) => {
  res.set('X-List', []);
  res.send('x');
});
app.get('/one', (req, res) => {
  res.set('X-List', ['one']).send('x');
});
app.get('/redirect', (req, res) => {
  res.append('X-Trace', 'redirected').redirect('/cookies');
});
app.get('/end', (req, res) => {
  res.append('X-Trace', 'last');
  res.end('text');
});
app.get('/links', (req, res) => {
  res.links({ next: '/2' });
  res.links({ last: '/9', first: '/1' }).send('x');
});
app.listen(process.env.PORT);
