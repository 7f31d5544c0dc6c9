import { found } from './paths.cjs';

const said = (call) => {
  try {
    return String(call());
  } catch (error) {
    return `threw: ${error.message}`;
  }
};
const module = {
  'import.meta.url': said(() => typeof import.meta.url),
  'import.meta.dirname': said(() => typeof import.meta.dirname),
  'new URL(…, import.meta.url)': said(() => typeof new URL('./x', import.meta.url)),
};
export const probe = async () => ({ ...found, ...module });
