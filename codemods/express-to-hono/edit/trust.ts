import type { Conversion, FileWork } from '../state/conversion.ts';
import { parityName } from './imports.ts';

/** Whether a proxy is trusted, or may be. */
export const trusts = ({ settings }: Conversion): boolean =>
  settings.trust.length > 0 || settings.lateTrust.length > 0;

/** The argument that says which proxies are trusted, for what reads the client's address, the host or the protocol. */
export const trustOf = (conversion: Conversion, work: FileWork): string[] =>
  conversion.settings.lateTrust.length > 0
    ? [parityName(conversion, work, 'trustedProxy')]
    : [...conversion.settings.trust];
