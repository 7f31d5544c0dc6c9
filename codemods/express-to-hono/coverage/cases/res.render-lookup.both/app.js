/*
member: res.render
variant: several folders, an index, an extension, no engine
packages: [ejs, pug]
requests: [GET /, GET /folder, GET /page.pug, GET /page.pug, GET /only, GET /both, GET /none, GET /none.pug, GET /locals]
*/
const express = require('express');

const app = express();
app.set('views', [__dirname + '/views', __dirname + '/more']);
app.set('view engine', '.ejs');
app.locals.shout = (text) => text.toUpperCase();
app.locals.name = 'application';
app.get('/', (req, res) => {
  res.locals.name = 'request';
  res.render('index', { name: 'call' });
});
app.get('/locals', (req, res) => {
  Object.assign(res.locals, { name: "request" });
  res.render('index');
});
app.get('/:view', (req, res) => {
  res.type('html');
  res.render(req.params.view, null);
});
app.use((err, req, res, next) => {
  res.status(500).json({ message: err.message.replaceAll(__dirname, ''), view: err.view && err.view.name });
});
app.listen(process.env.PORT);
