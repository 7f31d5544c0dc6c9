import app from './app.js';
import './more.js';

app.listen(process.env.PORT);
