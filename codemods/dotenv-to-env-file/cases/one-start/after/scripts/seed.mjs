import { seed } from './rows.mjs';

await seed(process.env.DATABASE_URL);
