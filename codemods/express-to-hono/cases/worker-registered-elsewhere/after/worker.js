import app from './app.js';
import './more.js';

export default app;
