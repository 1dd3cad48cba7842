/** Injection token of the service's one Bull queue. */
export const RUN_QUEUE = Symbol('RUN_QUEUE');
