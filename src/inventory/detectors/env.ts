import type { Detector } from '../detector.ts';

const detector: Detector = {
  id: 'env',
  title: 'environment variables',
  async detect({ survey }) {
    return { env: [...(await survey()).files.values()].flatMap((file) => file.env) };
  },
};

export default detector;
