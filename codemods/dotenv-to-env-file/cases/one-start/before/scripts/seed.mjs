import dotenv from 'dotenv';
import { seed } from './rows.mjs';

dotenv.config();
await seed(process.env.DATABASE_URL);
