import type { RedactRules } from './rules.ts';

/** What is secret by its shape alone: JWTs, private keys, and the keys of services with a prefix of their own. */
const SHAPES: readonly RegExp[] = [
  /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{3,}\.[\w-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:sk|rk|pk)_(?:live|test)_\w{8,}/g,
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|npm_\w{30,}|xox[abeoprs]-[\w-]{8,})/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bAIza[\w-]{35}/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
];

/** A credential after its scheme; a word of prose ("Token expired") has no digit, `=` or change of case in it. */
const SCHEME = /\b(Bearer|Basic|Digest|Token)(\s+)([\w+/.=~-]{8,})/gi;
const isCredential = (value: string): boolean => /[\d=]|[a-z][A-Z]/.test(value);

/** Replaces secrets in any text: query strings, forms, multipart, HTML, XML, JavaScript, event streams, log lines. */
export function replaceTextSecrets(
  text: string,
  rules: RedactRules,
  tag: (secret: string) => string,
  multipart = false,
): string {
  let out = text;
  for (const shape of [...SHAPES, ...rules.patterns]) out = out.replace(shape, (secret) => tag(secret));
  out = out.replace(SCHEME, (all, scheme: string, space: string, value: string) =>
    isCredential(value) ? `${scheme}${space}${tag(value)}` : all,
  );
  // `name=value` of queries and forms. Decoded first: the same secret stands elsewhere unescaped.
  out = out.replace(/(^|[?&;#\s"'([])([\w.%[\]-]{1,80})=([^&;#\s"'<>]+)/g, (all, lead, name, value) =>
    rules.isSecretName(fieldName(decode(name))) ? `${lead}${name}=${tag(decode(value))}` : all,
  );
  if (multipart) {
    out = out.replace(
      /(\bform-data;[^\r\n]{0,200}?\bname="([^"\r\n]{1,80})"[^\r\n]*\r?\n(?:[^\r\n]+\r?\n){0,10}\r?\n)([\s\S]*?)(?=\r?\n--|$)/g,
      (all, lead, name, value) => (rules.isSecretName(fieldName(name)) ? lead + tag(value) : all),
    );
  }
  // `"name": "value"` where the text as a whole is no JSON.
  out = out.replace(
    /(["']?)([\w-]{1,80})\1(\s*:\s*)(["'])((?:(?!\4)[^\\\n]|\\.){0,8192})\4/g,
    (all, quote, name, colon, mark, value) =>
      rules.isSecretName(name) ? `${quote}${name}${quote}${colon}${mark}${tag(value)}${mark}` : all,
  );
  // `<input name="csrf" value="…">`, `<meta name="csrf-token" content="…">`, in either order of attributes.
  out = out.replace(/<(?:input|meta)\b[^>]{1,2000}>/gi, (element) => {
    const name = /\b(?:name|id|property)\s*=\s*["']?([^\s"'>]+)/i.exec(element)?.[1];
    if (name === undefined || !rules.isSecretName(fieldName(name))) return element;
    return element.replace(
      /(\b(?:value|content)\s*=\s*["']?)([^\s"'>]+)/i,
      (_, lead, value) => lead + tag(value),
    );
  });
  out = out.replace(/<([\w:-]{1,80})>([^<>]{1,8192})<\/\1>/g, (all, name, value) =>
    rules.isSecretName(name) ? `<${name}>${tag(value)}</${name}>` : all,
  );
  // `scheme://user:password@host`
  return out.replace(
    /(:\/\/[^\s/:@"'<>]{1,200}:)([^\s/@"'<>]{1,200})(?=@)/g,
    (_, lead, value) => lead + tag(value),
  );
}

/** `user[password]` and `user.password` are about the password. */
const fieldName = (name: string): string => name.replace(/\]$/, '').split(/[[.]/).at(-1) ?? name;

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
