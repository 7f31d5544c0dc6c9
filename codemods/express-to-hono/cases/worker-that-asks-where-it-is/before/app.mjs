import { fileURLToPath } from 'node:url';
import express from 'express';
import { greetings } from './settings/greetings.mjs';

const views = fileURLToPath(new URL('./views', import.meta.url));
const app = express();

app.get('/', (req, res) => res.send(greetings));
app.get('/views', (req, res) => res.json({ views }));

export default app;
