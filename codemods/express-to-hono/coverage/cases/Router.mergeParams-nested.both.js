/*
member: Router mergeParams
variant: nested, in a factory, in a helper and behind a bridge
requests: [GET /o/ann/own/x.txt, GET /o/ann/merged/7, GET /o/ann/bridged/1, GET /o/ann/deep/2/leaf/3]
*/
const express = require('express');

const app = express();
const all = (req) => ({ ...req.params });
function makeOwn() {
  const router = express.Router();
  for (const [path, handler] of [['/:name.:ext', (req, res) => res.json({ all: req.params, helped: all(req) })]])
    router.get(path, handler);
  return router;
}
const merged = express.Router({ mergeParams: true });
merged.get('/:id', (req, res) => {
  res.json(req.params);
});
const bridged = express.Router();
bridged.get('/:id', (req, res) => {
  res.json({ all: req.params, owner: String(req.params.owner), http: req.httpVersion });
});
const leaf = express.Router({ mergeParams: true });
leaf.get('/leaf/:x', (req, res) => {
  res.json({ all: req.params, owner: String(req.params.owner) });
});
const deep = express.Router();
deep.use('/:mid', leaf);
const inside = express();
inside.use('/own', makeOwn());
inside.use('/merged', merged);
app.use('/o/:owner', inside);
app.use('/o/:owner/bridged', bridged);
app.use('/o/:owner/deep', deep);
app.listen(process.env.PORT);
