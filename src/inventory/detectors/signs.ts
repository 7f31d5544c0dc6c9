import type { Detector } from '../detector.ts';

const detector: Detector = {
  id: 'signs',
  title: 'what sources say of the platform they are for',
  async detect({ survey, roles }) {
    const { of, isBundled } = await roles();
    const isRun = (path: string) => of(path) === 'application' && !isBundled(path);
    return {
      signs: [...(await survey()).files.values()].flatMap(({ path, signs }) =>
        // How an import is written is a matter of what a server runs as it is written.
        isRun(path) ? signs : signs.filter(({ kind }) => kind !== 'bare-import'),
      ),
    };
  },
};

export default detector;
