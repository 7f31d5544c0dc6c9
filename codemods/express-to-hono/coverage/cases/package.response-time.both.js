/*
package: response-time
packages: [response-time]
mask: ['x-response-time: [\d.]+ms']
requests: [GET /]
*/
const express = require('express');

const app = express();
app.use(require('response-time')());
app.get('/', (req, res) => {
  res.send('x');
});
app.listen(process.env.PORT);
