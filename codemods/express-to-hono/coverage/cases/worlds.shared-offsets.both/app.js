/*
shape: a package both worlds run, at offsets where another file has a divided router
packages: [cors, compression]
requests:
  - GET /admin/users
  - { GET: /admin/users, headers: { X-Key: k } }
  - { GET: /admin/users, headers: { X-Key: k, Origin: "http://x.example" } }
  - { GET: /admin/held, headers: { X-Key: k } }
  - GET /admin/held
  - GET /none
*/
const express = require('express');
const admin = require('./admin');
const cors = require('cors');
const compression = require('compression');

const app = express();
app.use(cors());
app.use(compression());
app.use('/admin', admin);
app.listen(process.env.PORT);
