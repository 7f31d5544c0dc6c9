import type { Detector } from '../detector.ts';

const detector: Detector = {
  id: 'entry-points',
  title: 'entry points',
  async detect({ entryPoints }) {
    return { entryPoints: [...(await entryPoints())] };
  },
};

export default detector;
