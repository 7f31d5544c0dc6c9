import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { MigrateError } from '../../model/errors.ts';

const Names = z.array(z.string().min(1)).default([]);

/** `.migrate/redact.yaml`: what is secret here beyond what is recognised by itself. */
const RedactFile = z.strictObject({
  /** Names of JSON fields, form fields, query parameters and cookies. Case, `-` and `_` do not count. */
  fields: Names,
  /** Header names whose whole value is secret. */
  headers: Names,
  /** Names that are never secret, whatever they look like. */
  keep: Names,
  /** Regular expressions: what they match is secret wherever it stands. */
  patterns: Names,
  /** Environment variables that hold secrets needed to replay (a password): looked up when traffic is read, never written. */
  restore: Names,
});

/** Decides what is a secret by its name or shape. */
export interface RedactRules {
  isSecretName(name: string): boolean;
  isSecretHeader(name: string): boolean;
  keeps(name: string): boolean;
  /** False: a text that has nothing in it that looks like a secret or its name. A quick answer for long texts. */
  mayHold(text: string): boolean;
  patterns: readonly RegExp[];
  restore: readonly string[];
}

/** Names that end so (after case, `-`, `_` and a plural `s` are dropped) hold secrets. */
const SUFFIXES =
  /(password|passwd|pwd|passphrase|passcode|secret|token|apikey|secretkey|privatekey|accesskey|signingkey|encryptionkey|authorization|credential|sessionid|sessid|csrf|xsrf|jwt|signature|cardnumber)$/;
/** Part of every name above, and of the shapes of secrets. */
const HINT =
  /pass|pwd|secret|token|key|authorization|credential|sess|csrf|xsrf|jwt|signature|cardnumber|\b(?:sid|otp|pin|cvv|cvc|ssn|auth|pas|iban)s?\b|eyJ|:\/\/[^\s/:@]{1,200}:[^\s/@]{1,200}@/i;
const EXACT = new Set(['session', 'sid', 'otp', 'pin', 'cvv', 'cvc', 'ssn', 'auth', 'pas', 'iban']);

const normal = (name: string): string => name.toLowerCase().replace(/[-_.\s]/g, '');

/** Rules from their parsed file. */
export function redactRules(file: Partial<z.input<typeof RedactFile>> = {}): RedactRules {
  const given = RedactFile.parse(file);
  const fields = new Set(given.fields.map(normal));
  const headers = new Set(given.headers.map(normal));
  const keep = new Set(given.keep.map(normal));
  const isSecretName = (name: string): boolean => {
    const key = normal(name);
    if (keep.has(key)) return false;
    const single = key.replace(/s$/, '');
    return (
      fields.has(key) || EXACT.has(key) || EXACT.has(single) || SUFFIXES.test(key) || SUFFIXES.test(single)
    );
  };
  return {
    isSecretName,
    isSecretHeader: (name) => headers.has(normal(name)) || isSecretName(name),
    mayHold: (text) => fields.size > 0 || given.patterns.length > 0 || HINT.test(text),
    keeps: (name) => keep.has(normal(name)),
    patterns: given.patterns.map((source) => new RegExp(source, 'g')),
    restore: given.restore,
  };
}

/**
 * Reads `redact.yaml` of a `.migrate` folder; without one the defaults hold.
 *
 * @throws MigrateError REDACT_INVALID (exit 3) naming what is wrong: a rule that is not understood must not be ignored
 */
export function readRedactRules(folder: string): RedactRules {
  const path = join(folder, 'redact.yaml');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return redactRules();
  }
  try {
    const file = RedactFile.safeParse(parse(text) ?? {});
    if (!file.success) {
      const [issue] = file.error.issues;
      throw new Error(`${issue?.path.join('.') || 'its root'}: ${issue?.message}`);
    }
    return redactRules(file.data);
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0];
    throw new MigrateError('REDACT_INVALID', `.migrate/redact.yaml is not understood: ${reason}.`, {
      hint: 'It may hold lists named fields, headers, keep, patterns and restore.',
    });
  }
}
