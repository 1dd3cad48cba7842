import type { z } from 'zod';

/** One thing asked of a model: what the facts are, what to do with them, what shape the answer has. */
export interface ModelTask<T = string> {
  /** For example `scene.draft`; from a bounded set, because it is a metric label. */
  task: string;
  /**
   * The facts, as data, in this order. What more tasks share stands before what fewer do: model servers keep what they have
   * read, and read a prompt that begins like an earlier one only from where it differs.
   */
  material: Record<string, unknown>;
  /** Who the model is for this task, what it is to do, and how it answers. */
  instructions: string;
  /** Absent: the answer is prose. */
  schema?: z.ZodType<T>;
  maxOutputTokens: number;
  temperature?: number;
}

/** One message of a conversation with a model, as it is sent and as it is kept in the transcript. */
export interface ChatMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** An answer that could not be used and why: what the next call of the same task tells the model. */
export interface Repair {
  answer: string;
  problem: string;
}
