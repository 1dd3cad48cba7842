import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** What a token made here looks like, in any text. */
const LOOKS_LIKE_TOKEN = /fw_[A-Za-z0-9_-]{8,}/g;

/** A new token: 256 random bits. */
export function newToken(): string {
  return `fw_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

/** What is kept of a token, as hexadecimal SHA-256. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * The text without what looks like a token: people paste one where an id belongs. `own` is the one that came with the
 * request, whatever it looks like.
 */
export function withoutTokens(text: string, own?: string): string {
  return (own === undefined ? text : text.replaceAll(own, 'hidden')).replaceAll(LOOKS_LIKE_TOKEN, 'fw_hidden');
}
