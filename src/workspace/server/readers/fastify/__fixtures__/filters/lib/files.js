import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const folderOf = (url) => dirname(fileURLToPath(url));
