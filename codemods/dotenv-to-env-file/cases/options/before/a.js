require('dotenv').config({ path: '.env.local' });
if (!process.env.CI) require('dotenv').config();
