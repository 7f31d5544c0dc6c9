// The office prints a label for each parcel that passes, late at night, so nothing here waits for the printer at all.
// What was taken back before is left out; the labels of the day before are kept for a week and are then thrown away.
const express = require('express');
const open = require('./open');
const guarded = require('./guard');

const app = express();
app.get('/labels', open.forAll, (req, res) => res.json([]));
app.get('/labels/:id', open.forAll, guarded('https://office.example'), (req, res) => res.json(req.params.id));
app.listen(3000);
