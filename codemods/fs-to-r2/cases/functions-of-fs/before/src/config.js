import { resolve } from 'node:path';

export default { uploadDir: resolve(process.env.UPLOAD_DIR || 'uploads') };
