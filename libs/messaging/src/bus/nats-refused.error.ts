/** NATS is there and will not have us as `NATS_URL` says; the message says what is wrong with it. */
export class NatsRefusedError extends Error {
  readonly code = 'NATS_REFUSED';
}
