/*
adversarial: cookies, locals and views shared with bridged handlers
requests: [GET /end, GET /head, GET /send, GET /converted, GET /view]
*/
const express = require('express');

const app = express();
app.use((req, res, next) => {
  res.append('Set-Cookie', 'a=1');
  res.append('Set-Cookie', ['b=2', 'c=3']);
  res.locals.seen = [req.path];
  next();
});
app.get('/end', (req, res) => {
  res.locals.seen.push(req.httpVersion);
  res.end(res.locals.seen.join());
});
app.get('/head', (req, res) => {
  res.writeHead(201, req.httpVersion === '1.1' ? 'Fine' : 'Old', { 'X-A': '1', 'Content-Type': 'text/plain' });
  res.end('head');
});
app.get('/send', (req, res) => {
  res.append('Set-Cookie', 'd=' + req.httpVersion);
  res.send('sent');
});
app.use((req, res, next) => {
  Object.assign(res.locals, { version: req.httpVersion });
  next();
});
app.get('/converted', (req, res) => {
  res.append('Set-Cookie', 'e=5');
  res.json(res.locals);
});
app.engine('txt', (path, known, callback) => callback(null, known.seen + ' ' + known.site));
app.set('views', __dirname);
app.locals.site = 'Site';
app.get('/view', (req, res) => {
  res.render('package.json.txt', (error) => res.send(error ? 'no view ' + req.app.locals.site : 'view'));
});
app.listen(process.env.PORT);
