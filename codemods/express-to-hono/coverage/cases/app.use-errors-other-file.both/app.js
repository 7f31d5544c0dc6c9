/*
member: app.use
variant: routes that another module registers behind the error handler
requests: [GET /early, GET /late, GET /teapot, GET /none]
*/
const app = require('./made.js');

app.get('/late', () => {
  throw new Error('late');
});
app.get('/teapot', () => {
  throw Object.assign(new Error('short and stout'), { status: 418 });
});
app.listen(process.env.PORT);
