import routes from '@/routes';
import express from 'express';

const app = express();
app.use('/api', routes);

export default app;
