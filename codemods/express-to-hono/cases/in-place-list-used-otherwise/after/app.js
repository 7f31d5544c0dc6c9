const express = require('express');
const all = require('./all');
const { inExpress } = require('./express-parity');

const app = express();
console.log(`${all.length} before each route`);
app.get('/', all, inExpress((c) => c.html('x')));
app.listen(3000);
