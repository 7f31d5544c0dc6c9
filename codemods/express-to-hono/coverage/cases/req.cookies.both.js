/*
member: req.cookies
packages: [cookie-parser]
requests: [{ GET: /, headers: { Cookie: 'a=1; b=j%3A%7B%22c%22%3A2%7D; a=3' } }, GET /]
*/
const express = require('express');

const app = express();
const cookieParser = require('cookie-parser');
app.use(cookieParser());
app.get('/', (req, res) => {
  res.json(req.cookies);
});
app.listen(process.env.PORT);
