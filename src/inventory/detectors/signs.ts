import type { Detector } from '../detector.ts';

const detector: Detector = {
  id: 'signs',
  title: 'what sources say of the platform they are for',
  async detect({ survey, roles }) {
    const { of } = await roles();
    return {
      signs: [...(await survey()).files.values()].flatMap(({ path, signs }) =>
        // How an import is written is a matter of what runs on a server.
        of(path) === 'browser' ? signs.filter(({ kind }) => kind !== 'bare-import') : signs,
      ),
    };
  },
};

export default detector;
