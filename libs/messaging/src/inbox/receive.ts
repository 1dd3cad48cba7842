/**
 * Puts messages on record as received; returns those that were not yet. In one order for all, so that two replicas with the
 * same messages do not wait for each other.
 */
export const RECEIVE = `
  INSERT INTO inbox (message_id) SELECT unnest($1::text[]) AS id ORDER BY id ON CONFLICT DO NOTHING
  RETURNING message_id`;
