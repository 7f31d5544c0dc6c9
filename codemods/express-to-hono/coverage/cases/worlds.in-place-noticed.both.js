/*
shape: middleware that answers after it went on
inPlace: true
requests:
  - GET /api/notes
  - { GET: /api/notes, headers: { X-Key: k } }
*/
const express = require('express');

const app = express();
const notes = express.Router();

notes.get('/', (req, res) => res.json(['milk']));
app.use((req, res, next) => {
  next();
  if (req.get('x-key') !== 'k' && !res.headersSent) res.status(401).send('no key');
});
for (const path of [process.env.PREFIX || '/api'].map((each) => `${each}/notes`)) app.use(path, notes);
app.listen(process.env.PORT);
