import { subject } from '../contract.ts';
import { first, otherwise, same } from '../inside/seen.ts';

type Crypto = typeof import('node:crypto') & { hash?: (algorithm: string, text: string) => string };
const lacking = (all: readonly string[], wanted: readonly string[]) => {
  const missing = wanted.filter((one) => !all.some((name) => name.toLowerCase() === one));
  return missing.length === 0 ? undefined : otherwise(`without ${missing.join(', ')}`);
};

/** Seals and opens with a cipher that tells whether the text was changed. */
async function sealed({ createCipheriv, createDecipheriv }: Crypto, name: string, keyBytes: number) {
  const { Buffer } = await import('node:buffer');
  const [key, iv] = [Buffer.alloc(keyBytes, 1), Buffer.alloc(12, 2)];
  const cipher = createCipheriv(name as 'aes-256-gcm', key, iv, { authTagLength: 16 });
  const text = Buffer.concat([cipher.update('text', 'utf8'), cipher.final()]);
  const open = createDecipheriv(name as 'aes-256-gcm', key, iv, { authTagLength: 16 });
  open.setAuthTag(cipher.getAuthTag());
  return same(Buffer.concat([open.update(text), open.final()]).toString(), 'text');
}

function agrees({ createECDH }: Crypto, curve: string) {
  const [a, b] = [createECDH(curve), createECDH(curve)];
  a.generateKeys();
  b.generateKeys();
  return same(a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey())), true);
}

function signs(crypto: Crypto, kind: 'rsa' | 'ed25519' | 'ec', options: object, algorithm: string | null) {
  const make = crypto.generateKeyPairSync as (
    kind: string,
    options: object,
  ) => import('node:crypto').KeyPairKeyObjectResult;
  const { privateKey, publicKey } = make(kind, options);
  const data = new TextEncoder().encode('text');
  const signature = crypto.sign(algorithm, data, privateKey);
  return same(crypto.verify(algorithm, data, publicKey, signature), true);
}

export default subject<Crypto>('crypto', {
  createHash: ({ createHash }) =>
    same(createHash('sha256').update('a').digest('hex').slice(0, 16), 'ca978112ca1bbdca'),
  'createHash ripemd160': ({ createHash }) =>
    same(createHash('ripemd160').update('a').digest('hex').slice(0, 16), '0bdc9d2d256b3ee9'),
  'createHash blake2b512': ({ createHash }) =>
    same(createHash('blake2b512').update('a').digest('hex').slice(0, 16), '333fcb4ee1aa7c11'),
  'createHash md5': ({ createHash }) =>
    same(createHash('md5').update('a').digest('hex').slice(0, 8), '0cc175b9'),
  'createHash sha3-256': ({ createHash }) =>
    same(createHash('sha3-256').update('a').digest('hex').slice(0, 16), '80084bf2fba02475'),
  hash: ({ hash }) => same(hash?.('sha1', 'a').slice(0, 8), '86f7e437'),
  createHmac: ({ createHmac }) =>
    same(
      createHmac('sha256', 'k').update('a').digest('hex').slice(0, 8),
      createHmac('sha256', 'k').update('a').digest('hex').slice(0, 8),
    ),
  createCipheriv: (crypto) => sealed(crypto, 'aes-256-gcm', 32),
  'createCipheriv chacha20-poly1305': (crypto) => sealed(crypto, 'chacha20-poly1305', 32),
  'createCipheriv aes-256-cbc': async ({ createCipheriv }) => {
    const { Buffer } = await import('node:buffer');
    const cipher = createCipheriv('aes-256-cbc', Buffer.alloc(32), Buffer.alloc(16));
    return same(cipher.update('a', 'utf8', 'hex') + cipher.final('hex'), 'b4a5e98af6810a83bdf52b14ae822c37');
  },
  'createCipheriv update without an encoding': async ({ createCipheriv }) => {
    const { Buffer } = await import('node:buffer');
    const cipher = createCipheriv('aes-256-cbc', Buffer.alloc(32), Buffer.alloc(16));
    return same((cipher.update as (text: string) => Buffer)('a'.repeat(16)).length, 16);
  },
  createECDH: (crypto) => agrees(crypto, 'prime256v1'),
  'createECDH secp256k1': (crypto) => agrees(crypto, 'secp256k1'),
  'createECDH secp521r1': (crypto) => agrees(crypto, 'secp521r1'),
  getDiffieHellman: ({ getDiffieHellman }) => {
    const [a, b] = [getDiffieHellman('modp14'), getDiffieHellman('modp14')];
    a.generateKeys();
    b.generateKeys();
    return same(a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey())), true);
  },
  getCiphers: ({ getCiphers }) =>
    lacking(getCiphers(), [
      'aes-256-gcm',
      'aes-256-cbc',
      'aes-256-ccm',
      'chacha20-poly1305',
      'des-ede3-cbc',
      'camellia-256-cbc',
    ]),
  getHashes: ({ getHashes }) =>
    lacking(getHashes(), ['sha256', 'sha512', 'md5', 'ripemd160', 'blake2b512', 'sm3', 'shake256']),
  getCurves: ({ getCurves }) => lacking(getCurves(), ['prime256v1', 'secp256k1', 'secp384r1', 'secp521r1']),
  randomBytes: ({ randomBytes }) =>
    first(same(randomBytes(8).length, 8), same(randomBytes(8).equals(randomBytes(8)), false)),
  randomUUID: ({ randomUUID }) => same(/^[0-9a-f-]{36}$/.test(randomUUID()), true),
  randomInt: ({ randomInt }) => same([0, 1, 2].includes(randomInt(3)), true),
  randomFillSync: ({ randomFillSync }) =>
    same(
      randomFillSync(new Uint8Array(16)).some((one) => one > 0),
      true,
    ),
  timingSafeEqual: ({ timingSafeEqual }) => same(timingSafeEqual(new Uint8Array(2), new Uint8Array(2)), true),
  scryptSync: ({ scryptSync }) => same(scryptSync('p', 's', 8).toString('hex'), '4329787752e75d1d'),
  pbkdf2Sync: ({ pbkdf2Sync }) =>
    same(pbkdf2Sync('p', 's', 10, 8, 'sha256').toString('hex'), '1d6f1f7051b420b9'),
  pbkdf2: async ({ pbkdf2 }) =>
    same(
      await new Promise((done, fail) =>
        pbkdf2('p', 's', 10, 4, 'sha512', (error, key) => (error ? fail(error) : done(key.length))),
      ),
      4,
    ),
  scrypt: async ({ scrypt }) =>
    same(
      await new Promise((done, fail) =>
        scrypt('p', 's', 8, (error, key) => (error ? fail(error) : done(key.length))),
      ),
      8,
    ),
  hkdfSync: ({ hkdfSync }) => same(hkdfSync('sha256', 'k', 's', 'i', 8).byteLength, 8),
  sign: (crypto) => signs(crypto, 'rsa', { modulusLength: 2048 }, 'sha256'),
  'sign ed25519': (crypto) => signs(crypto, 'ed25519', {}, null),
  'sign secp256k1': (crypto) => signs(crypto, 'ec', { namedCurve: 'secp256k1' }, 'sha256'),
  createSign: ({ createSign, createVerify, generateKeyPairSync }) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signature = createSign('RSA-SHA256').update('a').sign(privateKey);
    return same(createVerify('RSA-SHA256').update('a').verify(publicKey, signature), true);
  },
  generateKeyPair: async ({ generateKeyPair }) =>
    same(
      await new Promise((done, fail) =>
        generateKeyPair('ec', { namedCurve: 'P-256' }, (error, key) =>
          error ? fail(error) : done(key.asymmetricKeyType),
        ),
      ),
      'ec',
    ),
  publicEncrypt: ({ publicEncrypt, privateDecrypt, generateKeyPairSync }) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return same(privateDecrypt(privateKey, publicEncrypt(publicKey, new Uint8Array([7])))[0], 7);
  },
  createPrivateKey: ({ createPrivateKey, generateKeyPairSync }) => {
    const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    });
    return same(createPrivateKey(pem).type, 'private');
  },
  'createPrivateKey encrypted': ({ createPrivateKey, generateKeyPairSync }) => {
    const made = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = made.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'p',
    });
    return same(createPrivateKey({ key: pem, passphrase: 'p' }).type, 'private');
  },
  createSecretKey: ({ createSecretKey }) => same(createSecretKey(new Uint8Array(8)).symmetricKeySize, 8),
  diffieHellman: ({ diffieHellman, generateKeyPairSync }) => {
    const [a, b] = [generateKeyPairSync('x25519'), generateKeyPairSync('x25519')];
    const one = diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey });
    return same(one.equals(diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey })), true);
  },
  X509Certificate: async ({ X509Certificate }) => {
    const { CERTIFICATE } = await import('../inside/certificate.ts');
    const found = new X509Certificate(CERTIFICATE);
    return same([found.subject, found.checkHost('localhost')], ['CN=localhost', 'localhost']);
  },
  webcrypto: async ({ webcrypto }) => {
    const digest = await webcrypto.subtle.digest('SHA-256', new TextEncoder().encode('a'));
    return same(new Uint8Array(digest)[0], 0xca);
  },
  'webcrypto Ed25519': async ({ webcrypto }) => {
    const pair = (await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as {
      privateKey: never;
      publicKey: never;
    };
    const data = new Uint8Array([1]);
    const signature = await webcrypto.subtle.sign('Ed25519', pair.privateKey, data);
    return same(await webcrypto.subtle.verify('Ed25519', pair.publicKey, signature, data), true);
  },
});
