/*
member: app.set
variant: no tags, and a client that has the answer
requests: [GET /, { GET: /, headers: { If-None-Match: '*' } }, { GET: /own, headers: { If-None-Match: '"v1"' } }, { GET: /own, headers: { If-None-Match: '"v2"' } }, { GET: /empty, headers: { If-None-Match: '*' } }]
*/
const express = require('express');

const app = express();
app.disable('etag');
app.get('/', (req, res) => res.json({ a: 1 }));
app.get('/own', (req, res) => res.set('ETag', '"v1"').send('own'));
app.get('/empty', (req, res) => res.send());
app.listen(process.env.PORT);
