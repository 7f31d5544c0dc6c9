/*
member: app.set
variant: routing settings with a router beside an application
requests: [GET /v1/a/, GET /v2/a/]
*/
const express = require('express');

const app = express();
app.enable('strict routing');
const router = express.Router();
const inner = express();
inner.enable('strict routing');
const say = (req, res) => res.json({ path: req.path });
router.get('/a', say);
inner.get('/a', say);
app.use('/v1', router);
app.use('/v2', inner);
app.listen(process.env.PORT);
