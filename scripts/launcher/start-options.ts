/** What the command line and the environment ask of a start; made by `scripts/start-options.mjs`. */
export interface StartOptions {
  /** The checkout. */
  root: string;
  dataDir: string;
  brief: { path: string; content: Buffer };
  out: string;
  exit: boolean;
  fresh: boolean;
  /** Makes a new plan, whatever there is of this brief. */
  again: boolean;
  /** The gateway's port; 8080 or the next free one if absent. */
  port?: number;
  /** The providers file. */
  providers?: { path: string };
}
