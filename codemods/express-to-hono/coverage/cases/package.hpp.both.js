/*
package: hpp
packages: [hpp]
requests: ["GET /?a=1&a=2", "GET /?a=1", { POST: "/?b=1&b=2", body: "x=1&x=2&y=3", type: application/x-www-form-urlencoded }]
*/
const express = require('express');

const app = express();
const hpp = require('hpp');
app.use(express.urlencoded({ extended: true }));
app.use(hpp());
app.get('/', (req, res) => {
  res.json(req.query);
});
app.post('/', (req, res) => {
  res.json([req.query, req.body, req.queryPolluted, req.bodyPolluted]);
});
app.listen(process.env.PORT);
