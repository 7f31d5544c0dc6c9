import { dirname, extname, posix } from 'node:path';
import { mainApp } from '../facts/routes/sub-apps.ts';
import type { Conversion } from '../state/conversion.ts';

/** Where the new files of an application go. */
export interface Places {
  parity: string;
  env: string;
}

/** Where the new files go: beside the file that makes the application. */
export function placesOf(conversion: Conversion): Places {
  const path = mainApp(conversion.program)?.file.path ?? 'app.js';
  const folder = dirname(path);
  const extension = extname(path);
  const beside = (name: string) => posix.join(folder === '.' ? '' : folder, `${name}${extension}`);
  return { parity: beside('express-parity'), env: beside('app-env') };
}
