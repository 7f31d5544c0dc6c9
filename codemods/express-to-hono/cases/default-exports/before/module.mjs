import express from 'express';

const app = express();
app.get('/', (req, res) => res.send('module'));
app.listen(3004);
export { app as default };
