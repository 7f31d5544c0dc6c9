/*
member: app.METHOD
variant: more than one slash where the route is /, and something behind it answers every path
requests: [GET /, GET //, HEAD //, GET ///, GET //a]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => res.json({ at: 'root' }));
app.use((req, res) => res.type('html').send('<p>behind</p>'));
app.listen(process.env.PORT);
