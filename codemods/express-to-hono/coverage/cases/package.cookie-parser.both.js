/*
package: cookie-parser
packages: [cookie-parser]
requests: [{ GET: /, headers: { Cookie: a=1 } }]
*/
const express = require('express');

const app = express();
app.use(require('cookie-parser')());
app.get('/', (req, res) => {
  res.json(req.cookies.a);
});
app.listen(process.env.PORT);
