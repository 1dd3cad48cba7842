import { renderTask, type ModelAnswer, type ModelCallRequest } from '@fiction/llm';

/** What a script is told of a call. */
export interface ScriptedCall {
  task: string;
  material: Record<string, unknown>;
  instructions: string;
}

/** A model whose answers a test decides; stands in for `ModelClient`. Objects are answered as JSON. */
export class ScriptedModel {
  /** Every call, oldest first. */
  readonly calls: ScriptedCall[] = [];
  /** There is no providers file that would name models. */
  readonly bindings = [];

  constructor(private readonly script: (call: ScriptedCall) => unknown) {}

  async call<T>({ binding, task, repair, record }: ModelCallRequest<T>): Promise<ModelAnswer> {
    const call = { task: task.task, material: task.material, instructions: task.instructions };
    this.calls.push(call);
    const said = await this.script(call);
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    const { maxOutputTokens, temperature } = task;
    const answer: ModelAnswer = {
      text,
      request: { messages: renderTask(task, repair), maxOutputTokens, temperature, responseFormat: { type: 'text' } },
      response: { text, finishReason: 'stop', modelId: binding.model },
      usage: { inputTokens: 10, outputTokens: 10 },
      costUsd: 0,
      latencyMs: 0,
      queuedMs: 0,
      provider: binding.provider,
      model: binding.model,
      lane: 'metal',
    };
    void record?.(answer).catch(() => undefined);
    return answer;
  }

  load(): [] {
    return [];
  }

  close(): void {
    // Nothing is open.
  }
}
