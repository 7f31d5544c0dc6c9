/*
member: router.METHOD
requests: [GET /r/, POST /r/1, PUT /r/1, PATCH /r/1, DELETE /r/1, OPTIONS /r/1]
*/
const express = require('express');

const app = express();
const router = express.Router();
router.get('/', (req, res) => res.json([]));
router.post('/:id', (req, res) => res.status(201).json({ id: req.params.id }));
router.put('/:id', (req, res) => res.json({ put: req.params.id }));
router.patch('/:id', (req, res) => res.json({ patch: req.params.id }));
router.delete('/:id', (req, res) => res.sendStatus(204));
app.use('/r', router);
app.listen(process.env.PORT);
