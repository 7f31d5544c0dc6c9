/*
package: cors
variant: options in a variable
packages: [cors]
requests: [{ GET: /, headers: { Origin: http://a } }, { OPTIONS: /, headers: { Origin: http://b, Access-Control-Request-Method: PUT } }]
*/
const express = require('express');
const cors = require('cors');

const app = express();
var options = { origin: 'http://a', credentials: true };
app.use(cors(options));
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
