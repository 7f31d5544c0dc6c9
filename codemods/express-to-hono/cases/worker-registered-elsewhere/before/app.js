import express from 'express';
const app = express();
app.get('/a', (req, res) => res.json({ a: 1 }));
export default app;
