import { join } from 'node:path';

export const notesDir = join(process.cwd(), 'data', 'notes');
export const templates = join(process.cwd(), 'templates');
