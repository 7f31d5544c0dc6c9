import { createApp } from './create.js';
import { tags, users } from './modules.js';

const app = createApp();
app.get('/', (c) => c.text('home'));
app.route('/users', users());
app.route('/tags', tags());
export default app;
