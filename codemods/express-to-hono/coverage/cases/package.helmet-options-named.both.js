/*
package: helmet
variant: options in a variable, changed, or read before it has a value
packages: [helmet]
requests: [GET /kept, GET /changed, GET /early]
*/
const express = require('express');
const helmet = require('helmet');

const app = express();
early();
var kept = { frameguard: { action: 'deny' }, hsts: { maxAge: 60 } };
app.use('/kept', helmet(kept));
var changed = { frameguard: { action: 'deny' } };
changed.frameguard = { action: 'sameorigin' };
app.use('/changed', helmet(changed));
var late = { frameguard: { action: 'deny' } };
function early() {
  app.use('/early', helmet.frameguard(late));
}
app.get('/:name', (req, res) => {
  res.send(req.params.name);
});
app.listen(process.env.PORT);
