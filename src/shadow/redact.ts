import { createHmac, randomBytes } from 'node:crypto';
import { valueClass } from './values.ts';

/** Replaces secrets by tags before anything reaches the disk. Equal secrets get equal tags within one run. */
export interface Redactor {
  /** A sample value found at a location of a comparison. */
  sample(location: string, value: string | null): string | null;
  /** A request line: query values under secret names and token-like parts are replaced. */
  target(target: string): string;
}

const SECRET_NAME =
  /pass(word|wd|phrase)?$|secret|token|api[-_]?key|authorization|credential|session|^sid$|cookie|signature|csrf|xsrf|jwt|otp|^pin$/i;
const SAMPLE_LENGTH = 300;

/** A redactor with a key of its own: tags of two runs cannot be compared. */
export function redactor(key: Buffer = randomBytes(32)): Redactor {
  const tag = (value: string) => `«${createHmac('sha256', key).update(value).digest('hex').slice(0, 12)}»`;
  const tokens = (text: string): string =>
    text
      .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]*/g, tag)
      .replace(
        /\b(Bearer|Basic|Digest|Token)\s+[\w+/.=~-]+/gi,
        (all, scheme: string) => `${scheme} ${tag(all)}`,
      )
      .replace(/("(?:[^"\\]|\\.)*"\s*:\s*)"((?:[^"\\]|\\.)*)"/g, (all, lead: string, value: string) =>
        SECRET_NAME.test(/"((?:[^"\\]|\\.)*)"/.exec(lead)?.[1] ?? '') ? `${lead}"${tag(value)}"` : all,
      )
      .replace(/([?&;]|^)([\w-]+)=([^&;\s"]+)/g, (all, lead: string, name: string, value: string) =>
        SECRET_NAME.test(name) ? `${lead}${name}=${tag(value)}` : all,
      );
  return {
    sample(location, value) {
      if (value === null) return null;
      if (isSecretPlace(location)) return tag(value);
      return shorten(tokens(value));
    },
    target: (target) =>
      tokens(target)
        .split('/')
        .map((part) => (valueClass(part) === 'jwt' ? tag(part) : part))
        .join('/'),
  };
}

function isSecretPlace(location: string): boolean {
  // A cookie's value is a credential; its attributes (`cookie:sid.path`) are not.
  if (location.startsWith('cookie:'))
    return !/\.(path|domain|expires|maxage|max-age|secure|httponly|samesite|partitioned)$/.test(location);
  if (/^header:(set-cookie|cookie|(proxy-|www-)?authorization)$/.test(location)) return true;
  const last = location.split(/[.: ]/).at(-1)?.replace(/\[\]/g, '') ?? '';
  return (
    (location.startsWith('body.') ||
      location.startsWith('stream') ||
      location.startsWith('header:') ||
      /^(file|r2|kv|outgoing):.* /.test(location)) &&
    SECRET_NAME.test(last)
  );
}

const shorten = (text: string): string =>
  text.length > SAMPLE_LENGTH ? `${text.slice(0, SAMPLE_LENGTH)}…` : text;
