import type { Detector } from '../detector.ts';

const detector: Detector = {
  id: 'builtins',
  title: 'Node builtins used',
  async detect({ survey }) {
    return { builtins: [...(await survey()).files.values()].flatMap((file) => file.builtins) };
  },
};

export default detector;
