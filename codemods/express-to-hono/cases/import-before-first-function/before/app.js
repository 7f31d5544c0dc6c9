const express = require('express');
const { flagged } = require('./lib/flagged');

const app = express();
app.use(flagged);
app.get('/', (req, res) => res.send('home'));
app.listen(process.env.PORT);
