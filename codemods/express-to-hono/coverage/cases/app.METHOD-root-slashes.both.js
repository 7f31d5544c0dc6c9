/*
member: app.METHOD
variant: more than one slash where the route is /
requests: [GET /, GET //, GET ///, GET //a, GET /a//, HEAD //]
*/
const express = require('express');

const app = express();
app.get('/', (req, res) => res.json({ at: 'root' }));
app.get('/a', (req, res) => res.json({ at: 'a' }));
app.listen(process.env.PORT);
