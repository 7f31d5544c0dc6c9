/*
shape: helpers that take the request or response out of an object
requests: [GET /users, GET /users/7, GET /users/0, GET /fails, GET /whoami, {GET: /whoami, headers: {X-User: ada}}, POST /users, GET /checked, {GET: /checked, headers: {X-User: ada}}, GET /typed, GET /async]
*/
const express = require('express');

const app = express();
const users = [{ id: 7, name: 'Ada' }];

async function answer({ promise, res, message = 'ok', statusCode = 200 }) {
  try {
    const data = await promise;
    return res.status(statusCode).json({ message, data });
  } catch (error) {
    return res.status(500).json({ message: error.message });
  }
}
const notFound = ({ res, message }) => res.status(404).json({ message });
const whoIs = ({ req }) => req.get('X-User') ?? 'nobody';
function show({ req, res, list }) {
  const found = list.find(({ id }) => String(id) === req.params.id);
  if (!found) return notFound({ res, message: `no ${req.params.id}` });
  return res.json(found);
}
const mark = ({ message, response }) => {
  response.set('X-Message', message);
};

app.get('/users', async (req, res) => {
  await answer({ promise: Promise.resolve(users), res });
});
app.get('/users/:id', (req, res) => show({ list: users, req, res }));
app.get('/fails', async (request, response) => {
  return answer({ promise: Promise.reject(new Error('broken')), message: 'never', res: response });
});
app.get('/whoami', (req, res) => {
  const user = whoIs({ req });
  res.json({ user });
});
app.post('/users', (req, res) => answer({ res, promise: Promise.resolve(null), statusCode: 201, message: 'made' }));
app.use('/checked', (req, res, next) => {
  if (whoIs({ req }) === 'nobody') return notFound({ message: 'who?', res });
  next();
});
app.get('/checked', (req, res) => {
  mark({ message: 'seen', response: res });
  res.send('checked');
});
app.get('/typed', (req, res) => {
  res.type('text/csv');
  const send = 'a,b';
  return sendText({ res, send });
});
function sendText({ res, send }) {
  return res.send(send);
}
app.get('/async', async (req, res, next) => {
  try {
    await answer({ promise: Promise.resolve([whoIs({ req })]), res });
  } catch (error) {
    next(error);
  }
});
app.listen(process.env.PORT);
