import { gunzipSync, gzipSync } from 'node:zlib';

/** The first byte of what gzip makes; JSON never begins with it. */
const GZIP = 0x1f;
/** What a reply may be once it is unpacked, in bytes: many times what any page has. */
const MAX_UNPACKED_BYTES = 64 * 1024 ** 2;

/** A reply that is too large for the bus as it is: prose and JSON shrink to a third or less. */
export function packReply(data: Uint8Array): Uint8Array {
  return gzipSync(data);
}

/** The JSON of a reply, packed or not. */
export function readReply(data: Uint8Array): unknown {
  const plain =
    data[0] === GZIP
      ? gunzipSync(data, { maxOutputLength: MAX_UNPACKED_BYTES })
      : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return JSON.parse(plain.toString()) as unknown;
}
