import type { Detector } from '../detector.ts';

const detector: Detector = {
  id: 'workspaces',
  title: 'workspaces',
  async detect({ manifests }) {
    return {
      workspaces: manifests
        .filter((manifest) => manifest.folder !== '')
        .map((manifest) => ({
          name: typeof manifest.raw.name === 'string' ? manifest.raw.name : manifest.folder,
          folder: manifest.folder,
        })),
    };
  },
};

export default detector;
