/*
adversarial: What OPTIONS lists for a chain of methods on one path
requests: [OPTIONS /own, OPTIONS /all, OPTIONS /list, OPTIONS /list/1, OPTIONS /list/me, GET /own, POST /list/1]
*/
const express = require('express');

const app = express();
const say = (req, res) => res.json({ at: req.path });
app.route('/own').delete(say).options((req, res, next) => next());
app.route('/all').all((req, res, next) => next()).get(say);
app.route('/list').get(say).post(say, say).put(say);
app.route('/list/:id').get(say).post(say);
app.put('/list/me', say);
app.patch('/own', say);
const below = express.Router();
below.route('/:id').get(say).put(say);
app.use('/list', below);
app.use((req, res, next) => {
  res.set('X-Late', 'yes');
  next();
});
app.listen(process.env.PORT);
