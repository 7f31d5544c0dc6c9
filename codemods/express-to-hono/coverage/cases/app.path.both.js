/*
member: app.path
requests: [GET /blog]
*/
const express = require('express');

const app = express();
const blog = express();
app.use('/blog', blog);
blog.get('/', (req, res) => {
  res.send('[' + app.path() + '] [' + blog.path() + ']');
});
app.listen(process.env.PORT);
