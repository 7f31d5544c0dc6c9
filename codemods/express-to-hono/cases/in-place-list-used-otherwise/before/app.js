const express = require('express');
const all = require('./all');

const app = express();
console.log(`${all.length} before each route`);
app.get('/', all, (req, res) => res.send('x'));
app.listen(3000);
