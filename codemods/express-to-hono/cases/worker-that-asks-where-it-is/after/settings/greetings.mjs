import { join } from 'node:path';

// import.meta.filename is only named here.
export const greetings = join(import.meta.dirname, 'greetings.txt');
