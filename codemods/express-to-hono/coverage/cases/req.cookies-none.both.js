/*
member: req.cookies
variant: no cookie came
packages: [cookie-parser]
requests: [GET /, { GET: /, headers: { Cookie: a=1 } }]
*/
const cookieParser = require('cookie-parser');
const express = require('express');

const app = express();
app.use(cookieParser());
app.get('/', (req, res) => res.json({ own: 'toString' in req.cookies, signed: 'toString' in req.signedCookies }));
app.listen(process.env.PORT);
