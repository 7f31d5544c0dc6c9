/*
member: res.status
variant: one without a body, known at run time
requests: [GET /json/200, GET /json/201, GET /json/204, GET /json/205, GET /json/304, GET /send/204, GET /send/205, GET /send/304, GET /send/200, GET /bytes/204, GET /bytes/205, GET /bytes/304, GET /html/204, GET /html/205, GET /row/204, GET /row/304, GET /sendStatus/204, GET /sendStatus/205, GET /sendStatus/304, GET /end/204, GET /end/304, GET /jsonp/204, GET /jsonp/205, GET /nothing/204, GET /nothing/205, GET /text/204, GET /text/205, GET /text/200, GET /property/204, GET /property/205, HEAD /json/204, HEAD /json/205, HEAD /send/304, { GET: /json/204, headers: { If-None-Match: '*' } }, { GET: /json/205, headers: { If-None-Match: '*' } }, GET /endless/204, GET /endless/205, GET /endless/304, GET /error/204]
*/
const express = require('express');

const app = express();
const rows = { first: { a: 1 } };
app.get('/json/:code', (req, res) => res.status(Number(req.params.code)).json({ a: 1 }));
app.get('/send/:code', (req, res) => res.status(Number(req.params.code)).send('some text'));
app.get('/bytes/:code', (req, res) => res.status(Number(req.params.code)).send(Buffer.from('bytes')));
app.get('/html/:code', (req, res) => res.status(Number(req.params.code)).type('html').send('<b>1</b>'));
app.get('/text/:code', (req, res) => res.type('text').status(Number(req.params.code)).send('text'));
app.get('/row/:code', (req, res) => res.status(Number(req.params.code)).send(rows.first));
app.get('/sendStatus/:code', (req, res) => res.sendStatus(Number(req.params.code)));
app.get('/end/:code', (req, res) => res.status(Number(req.params.code)).end('ended'));
app.get('/endless/:code', (req, res) => res.status(Number(req.params.code)).end());
app.get('/jsonp/:code', (req, res) => res.status(Number(req.params.code)).jsonp({ a: 1 }));
app.get('/nothing/:code', (req, res) => res.status(Number(req.params.code)).json());
app.get('/property/:code', (req, res) => {
  res.statusCode = Number(req.params.code);
  res.send([1]);
});
app.get('/error/:code', (req, res) => {
  res.status(Number(req.params.code));
  throw new Error('none');
});
app.use((err, req, res, next) => {
  res.json({ error: err.message });
});
app.listen(process.env.PORT);
