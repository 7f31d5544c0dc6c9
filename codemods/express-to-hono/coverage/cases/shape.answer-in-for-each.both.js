/*
shape: an answer inside forEach
requests:
  - { PUT: /members/2, json: { name: Bo } }
  - { PUT: /members/9, json: { name: nobody } }
  - GET /members
  - { DELETE: /members/1, json: {} }
  - GET /members
  - GET /first/3
  - GET /first/7
  - GET /fails
  - GET /members/count
*/
const express = require('express');

const app = express();
let members = [
  { id: 1, name: 'Ada' },
  { id: 2, name: 'Bob' },
  { id: 3, name: 'Cy' },
];
let done = 0;
app.use(express.json());
const byId = (req) => (member) => member.id === parseInt(req.params.id);

app.get('/members', (req, res) => res.json(members));
app.put('/members/:id', (req, res) => {
  const found = members.some(byId(req));
  if (found) {
    members.forEach((member, i) => {
      if (byId(req)(member)) {
        const changed = { ...member, ...req.body };
        members[i] = changed;
        res.json({ msg: 'changed', changed });
      }
    });
  } else {
    res.status(404).json({ msg: `no ${req.params.id}` });
  }
});
app.delete('/members/:id', (req, res) => {
  members.forEach(function (member) {
    if (!byId(req)(member)) return;
    members = members.filter((each) => each !== member);
    res.status(202).send(`${member.name} goes`);
  });
  done += 1;
});
app.get('/first/:id', (req, res) => {
  let seen = 0;
  const known = members.some(byId(req));
  if (!known) return res.sendStatus(404);
  members.forEach((member) => {
    seen += 1;
    if (member.id === Number(req.params.id)) return res.json({ member, seen });
  });
});
app.get('/fails', (req, res) => {
  [null].forEach((each) => {
    res.json({ name: each.name });
  });
});
app.get('/members/count', (req, res) => res.json({ done }));
app.use((err, req, res, next) => {
  res.status(500).json({ error: err.constructor.name });
});
app.listen(process.env.PORT);
