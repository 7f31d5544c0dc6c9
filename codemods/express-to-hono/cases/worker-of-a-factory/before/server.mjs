import { createApp } from './app.mjs';
import { readConfig } from './config.mjs';

const app = createApp(readConfig());
app.listen(3000);
