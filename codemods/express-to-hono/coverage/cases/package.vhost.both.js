/*
package: vhost
packages: [vhost]
requests:
  - GET /
  - { GET: /, headers: { Host: api.localhost } }
  - { GET: /none, headers: { Host: api.localhost } }
  - { GET: /, headers: { Host: 'ada.users.localhost:8080' } }
*/
const express = require('express');

const app = express();
const vhost = require('vhost');
const api = express();
api.get('/', (req, res) => {
  res.json({ of: 'api' });
});
app.use(vhost('api.localhost', api));
app.use(
  vhost('*.users.localhost', (req, res) => {
    res.send(`user ${req.vhost[0]}`);
  }),
);
app.get('/', (req, res) => {
  res.send('main');
});
app.listen(process.env.PORT);
