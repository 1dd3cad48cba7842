import { z } from 'zod';
import type { ModelTask } from '../task/model-task';
import { judgeAnswer } from './judge-answer';

const prose: ModelTask = { task: 'scene.draft', material: {}, instructions: '', maxOutputTokens: 900 };
const schema = z.object({ title: z.string(), scenes: z.array(z.object({ goal: z.string(), words: z.number() })) });
const structured: ModelTask<z.infer<typeof schema>> = { ...prose, task: 'scroll', schema };
const good = { title: 'Low Water', scenes: [{ goal: 'find {the} "clock" ]', words: 900 }] };

const answer = (text: string, finishReason = 'stop') => ({ text, response: { finishReason } });
const judge = (text: string, finishReason?: string) => judgeAnswer(structured, answer(text, finishReason));

describe('judgeAnswer on prose', () => {
  it('takes the text without the space around it', () => {
    expect(judgeAnswer(prose, answer('\n The tide.\n'))).toEqual({ validation: 'valid', value: 'The tide.' });
  });

  it('leaves out what a reasoning model thinks aloud first', () => {
    expect(judgeAnswer(prose, answer('<think>Hm, a tide?</think>\n\nThe tide.'))).toMatchObject({ value: 'The tide.' });
    expect(judgeAnswer(prose, answer('<think>Hm, a tide?'))).toMatchObject({ validation: 'empty' });
  });

  it.each([
    'Hm, a <i>tide</i>?\n</think>\nThe tide.',
    '<thinking>Hm.</thinking>The tide.',
    '[THINK]Hm.[/THINK]The tide.',
    '<reasoning>Hm </think></reasoning>The tide.',
    '<thought>\nHm.\n</thought>\n\nThe tide.',
    '<seed:think>Hm.</seed:think>The tide.',
    '◁think▷Hm.◁/think▷The tide.',
    '<|channel>thought\nHm.\n<channel|>The tide.',
    '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>The tide.<|return|>',
    '<|channel|>analysis<|message|>Hm.<|end|>The tide.',
    '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary<|message|>Now.<|end|>The tide.',
    '<|channel|>final <|constrain|>json<|message|>The tide.',
    'analysisWe should begin late.assistantfinalThe tide.',
    '<think>Hm.</think><answer>The tide.</answer>',
    '<|begin_of_box|>The tide.<|end_of_box|>',
  ])('knows the marks of thinking, also where only the end of it is in the answer: %j', (text) => {
    expect(judgeAnswer(prose, answer(text))).toEqual({ validation: 'valid', value: 'The tide.' });
  });

  it.each([
    '</s>',
    '<|im_end|>\n<|im_start|>user\nGo on.',
    '<end_of_turn>',
    '<｜end▁of▁sentence｜>',
    '[/INST] ',
    '<turn|>',
  ])('takes nothing for prose that stands after the end of the turn: %j', (mark) => {
    expect(judgeAnswer(prose, answer(`The tide.${mark}`))).toEqual({ validation: 'valid', value: 'The tide.' });
  });

  it.each(['<|channel|>analysis<|message|>Hm, a tide?', '<seed:think>Hm', '◁think▷Hm', '<|im_end|>'])(
    'finds nothing said in %j',
    (text) => {
      expect(judgeAnswer(prose, answer(text))).toMatchObject({ validation: 'empty' });
    },
  );

  it('leaves what stands in a story alone', () => {
    const told =
      'Her analysis, <s>late</s> as ever, began: “<b>I think</b>.” [Inst] The assistant, final in all things, left.';
    expect(judgeAnswer(prose, answer(told))).toEqual({ validation: 'valid', value: told });
  });

  it.each([
    ['empty', '  \n', 'stop', 'empty'],
    ['cut at the limit', 'The tide came', 'length', 'truncated'],
    ['all spent on nothing', '', 'length', 'truncated'],
    ['stopped by a filter', 'The tide', 'content-filter', 'refused'],
  ])('refuses an answer that is %s', (_what, text, finishReason, validation) => {
    expect(judgeAnswer(prose, answer(text, finishReason))).toMatchObject({ validation });
  });
});

describe('judgeAnswer on JSON', () => {
  const json = JSON.stringify(good, null, 2);

  it.each([
    ['bare', json],
    ['in a code fence', `\`\`\`json\n${json}\n\`\`\``],
    ['with words around it', `Of course! [as asked] Here {it} is:\n${json}\nI hope "this" helps {truly}.`],
    ['after thinking', `<think>{"title": "no"}</think>${json}`],
    ['complete although the limit was reached', `${json}\nAnd another th`],
  ])('accepts it %s', (_what, text) => {
    expect(judge(text, 'length')).toEqual({ validation: 'valid', value: good });
  });

  it.each([
    ['with line breaks inside a string', json.replace('Low Water', 'Low\nWater'), 'Low\nWater'],
    [
      'with commas after the last values',
      json.replace(/(\d|"|\}|\])\n/g, '$1,\n').replace(/,(\s*)$/, '$1'),
      'Low Water',
    ],
    ['with comments', json.replace('{', '{ // the "scroll", }\n').replace('}', '/* ] */ }'), 'Low Water'],
    ['with a comma and a bracket in a string', json.replace('Low Water', 'Low, } // Water'), 'Low, } // Water'],
    ['in another object', JSON.stringify({ result: good }), 'Low Water'],
    ['in a list', JSON.stringify([good]), 'Low Water'],
    ['with numbers in quotation marks', json.replace('900', '"900"'), 'Low Water'],
    ['with a number for a text', json.replace('"Low Water"', '2.10'), '2.10'],
    ['with names in another spelling', json.replaceAll('"title"', '"Title"').replace('"goal"', '"GOAL"'), 'Low Water'],
    ['with quotation marks in a string', json.replace('Low Water', 'The "Low" Water'), 'The "Low" Water'],
    ['as Python has it', json.replaceAll(/(?<!\\)"/g, "'").replaceAll('\\"', '"'), 'Low Water'],
    ['twice the same', `${json}\n${JSON.stringify(good)}`, 'Low Water'],
  ])('understands it %s', (_what, text, title) => {
    expect(judge(text)).toEqual({ validation: 'valid', value: { ...good, title } });
  });

  it('takes null for nothing said where nothing need be said, and for nothing else', () => {
    const scene = z.strictObject({
      to: z.string().default(''),
      notes: z.array(z.string()).optional(),
      end: z.number(),
    });
    const optional: ModelTask<unknown> = { ...prose, schema: z.strictObject({ scenes: z.array(scene) }) };
    const judgeScene = (fields: object) => judgeAnswer(optional, answer(JSON.stringify({ scenes: [fields] })));
    const value = { scenes: [{ to: '', end: 1 }] };
    expect(judgeScene({ to: null, notes: null, end: 1 })).toEqual({ validation: 'valid', value });
    expect(judgeScene({ to: null, end: null })).toMatchObject({
      validation: 'wrong-schema',
      problem: expect.stringContaining('scenes[0].end: Invalid input: expected number, received null') as string,
    });
    expect(judgeScene({ notes: [null], end: 1 })).toMatchObject({ validation: 'wrong-schema' });
  });

  it('understands what is left of an object when its only name is left out', () => {
    const only: ModelTask<unknown> = { ...prose, schema: z.strictObject({ entries: z.array(z.string()) }) };
    expect(judgeAnswer(only, answer('["tide"]'))).toEqual({ validation: 'valid', value: { entries: ['tide'] } });
    expect(judgeAnswer(only, answer('{"entries": 1}'))).toMatchObject({ validation: 'wrong-schema' });
  });

  it.each([
    ['prose', 'I would rather not.', 'stop', 'malformed-json'],
    ['cut off', json.slice(0, -20), 'stop', 'malformed-json'],
    ['cut off at the limit', json.slice(0, -20), 'length', 'truncated'],
    ['two values that fit', `${json}\n${json.replace('Low', 'High')}`, 'stop', 'malformed-json'],
    ['a string that a quotation mark may end too early', json.replace('find', 'find 3"'), 'stop', 'malformed-json'],
    [
      'cut off, and with quotation marks in a string',
      json.replace('find', 'find "it"').slice(0, -5),
      'stop',
      'malformed-json',
    ],
    ['a number in words', json.replace('900', '"some 900"'), 'stop', 'wrong-schema'],
    ['one of several that were asked for', JSON.stringify([good, { ...good, scenes: 1 }]), 'stop', 'wrong-schema'],
    ['a bare word', '"Low Water"', 'stop', 'wrong-schema'],
  ])('refuses %s', (_what, text, finishReason, validation) => {
    expect(judge(text, finishReason)).toMatchObject({ validation });
  });

  it('tells the limit that was asked for from one of the server', () => {
    const { maxOutputTokens } = structured;
    expect(judge('{', 'length')).toMatchObject({ problem: expect.stringContaining('by a limit of the server') });
    const long = `{"title": "${'x'.repeat(maxOutputTokens * 3)}`;
    expect(judge(long, 'length')).toMatchObject({
      problem: `it was cut off at the limit of ${maxOutputTokens} tokens. It must be shorter, to be complete.`,
    });
  });

  it('never takes an inner object of a cut answer for the answer', () => {
    const loose: ModelTask<unknown> = { ...prose, schema: z.object({ goal: z.string().optional() }) };
    const cut = '{"scenes": [{"goal": "find the clock"}, {"goal": "lo';
    expect(judgeAnswer(loose, answer(cut))).toMatchObject({ validation: 'malformed-json' });
  });

  it('names every wrong field by its path', () => {
    const judgement = judge(JSON.stringify({ scenes: [{ goal: 'x', words: 1 }, { goal: 2 }] }));
    expect(judgement).toMatchObject({ validation: 'wrong-schema' });
    const { problem } = judgement as { problem: string };
    expect(problem).toMatch(/^- title: .*string/m);
    expect(problem).toMatch(/^- scenes\[1\]\.goal: .*string/m);
    expect(problem).toMatch(/^- scenes\[1\]\.words: .*number/m);
  });

  it('gives nothing to the database that it cannot store', () => {
    const text = '{"title": "a\\u0000b\\ud800c", "scenes": []}';
    expect(judge(text)).toEqual({ validation: 'valid', value: { title: 'ab\uFFFDc', scenes: [] } });
  });
});
