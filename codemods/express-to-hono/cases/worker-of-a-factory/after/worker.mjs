import { createApp } from './app.mjs';
import { readConfig } from './config.mjs';

export default createApp(readConfig());
