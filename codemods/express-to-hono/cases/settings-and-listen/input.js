const express = require('express');

const app = express();

app.disable('x-powered-by');
app.set('etag', 'strong');
app.enable('case sensitive routing');

app.get('/a', (req, res) => res.json({}));

const port = process.env.PORT || 3000;
app.listen(port, '127.0.0.1', () => console.log(`on ${port}`));

module.exports = app;
