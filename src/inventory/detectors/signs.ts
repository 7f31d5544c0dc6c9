import type { Detector } from '../detector.ts';

const detector: Detector = {
  id: 'signs',
  title: 'what sources say of the platform they are for',
  async detect({ survey }) {
    return { signs: [...(await survey()).files.values()].flatMap(({ signs }) => signs) };
  },
};

export default detector;
