import express from 'express';

const app = express();
app.get('/', (req, res) => res.send('nobody listens'));
export default app;
