const express = require('express');
const app = express();
app.get('/x/*rest', (req, res) => res.json({ b: req.params.rest }));
app.listen(3000);
