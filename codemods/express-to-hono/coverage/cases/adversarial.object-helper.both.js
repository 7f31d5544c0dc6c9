/*
adversarial: objects that hold a request or response, and are not what a helper takes it out of
requests: [GET /plain, GET /spread, GET /default, GET /rest, GET /whole, GET /made, GET /two, GET /missing, GET /other, GET /fine, GET /nested, GET /changed, GET /computed, GET /named, GET /maybe, 'GET /maybe?x=1']
*/
const express = require('express');

const app = express();
app.get('/plain', (req, res) => res.send('plain'));
const spread = ({ res, text }) => res.send(text);
app.get('/spread', (req, res) => {
  const more = { text: 'spread' };
  spread({ res, ...more });
});
const byDefault = ({ res = null, text }) => res.send(text);
app.get('/default', (req, res) => byDefault({ res, text: 'default' }));
const rest = ({ text, ...others }) => others.res.send(text);
app.get('/rest', (req, res) => rest({ res, text: 'rest' }));
const whole = (given) => given.res.send(given.text);
app.get('/whole', (req, res) => whole({ res, text: 'whole' }));
const made = ({ res, text }) => res.send(text);
app.get('/made', (req, res) => {
  const given = { res, text: 'made' };
  made(given);
});
const two = ({ req }, { res }) => res.send(req.path);
app.get('/two', (req, res) => two({ req }, { res }));
const missing = ({ res, text }) => (res ? res.send(text) : text);
app.get('/missing', (req, res) => {
  const text = missing({ text: 'missing' });
  missing({ res, text });
});
const positional = (req, { res }) => {
  res.send(req.path);
};
app.get('/other', (req, res) => positional(req, { res }));
const fine = ({ res }) => {
  res.send('fine');
};
app.get('/fine', (req, res) => fine({ req, res }));
const nested = ({ req: { path }, res }) => res.send(path);
app.get('/nested', (req, res) => nested({ req, res }));
const changed = ({ res, text }) => {
  res = res.status(201);
  res.send(text);
};
app.get('/changed', (req, res) => changed({ res, text: 'changed' }));
const key = 'res';
const computed = ({ [key]: response }) => response.send('computed');
app.get('/computed', (req, res) => computed({ [key]: res }));
const named = ({ res, text }) => res.send(text);
app.get('/named', (req, res) => named({ res, text: 'named', c: { text: () => null } }));
const maybe = ({ req, res }) => {
  if (req.query.x) return res.send('x');
};
app.get('/maybe', (req, res) => {
  maybe({ req, res });
  if (!res.headersSent) res.send('maybe');
});
app.listen(process.env.PORT);
