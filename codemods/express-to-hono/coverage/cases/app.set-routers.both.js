/*
member: app.set
variant: routing settings, which routers do not go by
requests: [PUT /v1/, PUT /v1, PUT /V1, GET /v1/Items/, GET /v1/items/, GET /v1/deep/ONE/, GET /v1/Deep/one, GET /v1/deep/, GET /v1/deep, GET /v1/deep/x/, GET /top/, GET /TOP, HEAD /v2/, GET /a/, GET /A, GET /a]
*/
const express = require('express');

const app = express();
app.enable('strict routing');
app.set('case sensitive routing', true);
const router = express.Router();
const deep = express.Router();
const say = (req, res) => res.json({ path: req.path, base: req.baseUrl });
router.put('/', say);
router.get('/items', say);
deep.get('/', say);
deep.get('/one', say);
deep.get('/X', say);
router.use('/deep', deep);
app.use('/v1', router);
const top = express.Router();
top.get('/top', say);
app.use(top);
const heads = express.Router();
heads.head('/', (req, res) => {
  res.status(204).end();
});
app.use('/v2', heads);
app.get('/a', say);
app.use((req, res) => res.status(404).json({ none: req.path }));
app.listen(process.env.PORT);
