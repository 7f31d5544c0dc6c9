/*
package: errorhandler
packages: [errorhandler]
requests: [GET /none, { GET: /, headers: { Accept: application/json } }]
mask: ['"stack":"[^"]+"', '"stack": "[^"]+"', '(?<=content-length: )\d+']
*/
const express = require('express');

const app = express();
const errorhandler = require('errorhandler');
app.get('/', () => {
  throw new Error('failed');
});
app.use(errorhandler({ log: false }));
app.listen(process.env.PORT);
