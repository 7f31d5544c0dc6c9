/*
package: method-override
variant: a function of the request
packages: [method-override]
requests: [{ POST: /, json: { _method: PUT } }]
*/
const express = require('express');
const methodOverride = require('method-override');

const app = express();
app.use(express.json());
app.use(
  methodOverride((req) => {
    if (req.body && typeof req.body === 'object' && '_method' in req.body) return req.body._method;
  }),
);
app.put('/', (req, res) => {
  res.send('put');
});
app.listen(process.env.PORT);
