/*
package: cors
packages: [cors]
requests: [GET /, { OPTIONS: /, headers: { Origin: http://a, Access-Control-Request-Method: PUT, Access-Control-Request-Headers: x-a } }, { GET: /, headers: { Origin: http://a } }]
*/
const express = require('express');

const app = express();
const cors = require('cors');
app.use(cors());
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
