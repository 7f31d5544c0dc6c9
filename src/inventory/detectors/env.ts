import type { Detector } from '../detector.ts';

const detector: Detector = {
  id: 'env',
  title: 'environment variables',
  async detect({ roles, survey }) {
    const { isOwn } = await roles();
    const files = [...(await survey()).files.values()].filter(({ path }) => isOwn(path));
    return { env: files.flatMap((file) => file.env) };
  },
};

export default detector;
