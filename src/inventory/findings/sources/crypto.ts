import type { SyntaxNode } from '../../../workspace/syntax/parse.ts';
import { argument, type Look, valueIn } from '../look.ts';
import type { SourceRule } from '../rule.ts';

const rule: SourceRule = {
  id: 'crypto',
  kinds: ['cipher-name', 'hash-name', 'curve-name', 'key-pair', 'fips', 'cipher-unnamed'],
  words: /["'`](?:node:)?crypto["'`]/,
  visit: { CallExpression: used },
};

function used(node: SyntaxNode, look: Look): void {
  const named = look.named(node);
  if (named?.from !== 'crypto') return;
  const member = named.path.replace(/\.\(\)$/, '');
  const name = look.textOf(argument(node, 0));
  if (/^create(?:Cipher|Decipher)iv$/.test(member)) {
    if (name !== null) look.note('cipher-name', name.toLowerCase(), node);
    else look.note('cipher-unnamed', `crypto.${member}`, node);
  }
  if (/^(?:createHash|createHmac|createSign|createVerify|hash|hkdfSync|hkdf)$/.test(member) && name !== null)
    look.note('hash-name', name, node);
  if (/^pbkdf2(?:Sync)?$/.test(member)) {
    const digest = look.textOf(argument(node, 4));
    if (digest !== null) look.note('hash-name', digest, node);
  }
  if (member === 'createECDH' && name !== null) look.note('curve-name', name, node);
  if (/^generateKeyPair(?:Sync)?$/.test(member) && name !== null) {
    const curve = look.textOf(valueIn(look.property(argument(node, 1), 'namedCurve')));
    look.note('key-pair', curve ?? name, node);
  }
  if (/^set(?:Fips|Engine)$/.test(member)) look.note('fips', `crypto.${member}`, node);
}

export default rule;
