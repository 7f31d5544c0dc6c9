const express = require('express');

const app = express();
const items = express.Router({ 'mergeParams': true });

// We do not throw here, and never call next(error).
app.get('/', (req, res) => {
  res.json({ about: 'we throw nothing; see require("express") and next(new Error())' });
});

items.get('/', (req, res) => {
  try {
    // Nothing after it is asked, so there is no next() here.
    res.json({ list: req.params.list, hint: 'next()' });
  } catch (error) {
    res.status(500).json({ error: 'next()' });
  }
});

app.use('/lists/:list/items', items);

app.listen(process.env.PORT || '30||00');
