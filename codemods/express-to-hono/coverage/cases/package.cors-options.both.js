/*
package: cors
variant: options
packages: [cors]
requests: [{ OPTIONS: /, headers: { Origin: http://a, Access-Control-Request-Method: PUT } }, { GET: /, headers: { Origin: http://a } }, { GET: /, headers: { Origin: http://b } }]
*/
const express = require('express');

const app = express();
const cors = require('cors');
app.use(cors({ origin: ['http://a', /c$/], credentials: true, exposedHeaders: ['X-A'], maxAge: 60 }));
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
