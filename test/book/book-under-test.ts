import { rehearse } from '@fiction/llm';
import { ModelServer, TestSystem, type ModelServerOptions, type TestSystemOptions } from '@fiction/testing';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** A brief whose every call goes over the wire, to the provider \`wire\`. */
export function briefOf(shape: {
  chapters: number;
  scenesPerChapter: number;
  continuity: 'strict' | 'chapter' | 'loose';
  wordsPerScene?: number;
  /** How lore is fulfilled, as YAML: `policy: after-sla, slaSeconds: 1`. */
  lore?: string;
}): string {
  const { chapters, scenesPerChapter, continuity, wordsPerScene = 120, lore = 'policy: immediate' } = shape;
  return `---
title: The Salt Clock
author: M. Okafor
genre: [mystery]
chapters: ${chapters}
scenesPerChapter: ${scenesPerChapter}
targetWords: ${chapters * scenesPerChapter * wordsPerScene}
planningPasses: 2
continuity: ${continuity}
lore: { ${lore} }
cast:
  - { name: Ada Quill, role: protagonist, baseline: "dry, exact, hides kindness behind rules" }
  - { name: Tobias Renn, role: harbourmaster, baseline: "hearty, evasive, swears by the tide tables" }
bindings:
  default: { provider: wire, model: novelist }
---
In the harbour town of Marrow Quay a clock driven by salt water has stopped for the first time in ninety years. Ada
Quill, who keeps it, finds that somebody has taken a single brass wheel. Tobias Renn says the tide will put it right.
`;
}

/** A system whose models are a server in this process that counts and remembers every call. */
export class BookUnderTest {
  private constructor(
    readonly models: ModelServer,
    readonly system: TestSystem,
  ) {}

  static async start(
    options: Omit<TestSystemOptions, 'root'> & { model?: ModelServerOptions; stream?: boolean } = {},
  ): Promise<BookUnderTest> {
    const { model, stream = false, ...rest } = options;
    const models = await ModelServer.start({ answer: ({ task, material }) => rehearse(task, material), ...model });
    const system = await TestSystem.start({ root: ROOT, ...rest, onlyServers: true });
    const providersPath = join(system.dir, 'providers.yaml');
    const wire = { kind: 'openai-compatible', baseUrl: models.baseUrl, lane: 'metal', concurrency: 64, stream };
    await writeFile(
      providersPath,
      JSON.stringify({ providers: { wire, rehearsal: { kind: 'rehearsal', lane: 'metal' } } }),
    );
    system.addEnvironment({ FICTION_PROVIDERS: providersPath });
    try {
      await system.startServices();
    } catch (error) {
      await Promise.all([models.stop(), system.stop()]);
      throw error;
    }
    return new BookUnderTest(models, system);
  }

  async stop(): Promise<void> {
    await Promise.all([this.models.stop(), this.system.stop()]);
  }
}
