/*
member: Router.use
variant: slashes at the end
requests: [GET /a, GET /a/, GET /a//, GET /a///, GET /a/b, GET /a/b/, GET /a/b//]
*/
const express = require('express');

const app = express();
const outer = express.Router();
const inner = express.Router();
inner.get('/', (req, res) => res.json({ at: 'inner' }));
outer.get('/', (req, res) => res.json({ at: 'outer' }));
outer.use('/b', inner);
app.use('/a', outer);
app.listen(process.env.PORT);
