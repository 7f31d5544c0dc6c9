/*
package: method-override
packages: [method-override]
requests: [{ POST: '/?_method=DELETE' }, { POST: /, headers: { X-HTTP-Method-Override: PUT } }, POST /]
*/
const express = require('express');

const app = express();
const methodOverride = require('method-override');
app.use(methodOverride('_method'));
app.use(methodOverride());
app.delete('/', (req, res) => {
  res.send('deleted');
});
app.put('/', (req, res) => {
  res.send('put');
});
app.post('/', (req, res) => {
  res.send('posted');
});
app.listen(process.env.PORT);
