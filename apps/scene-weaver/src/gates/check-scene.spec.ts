import { gateFindingSchema, SCENE_GATES } from '@fiction/contracts';
import fc from 'fast-check';
import { storyMetrics } from '../metrics/story-metrics';
import { checkScene } from './check-scene';
import type { GateInput } from './gate-input';
import { countWords } from './reading/count-words';
import { ProseReading } from './reading/prose-reading';
import { gateInput } from './testing/gate-input.builder';
import { SCENES, type SceneFixture } from './testing/scenes.fixture';

const inputOf = ({ prose, knownNames, cast, povName, pov }: SceneFixture): GateInput =>
  gateInput({
    prose,
    knownNames,
    targetWords: countWords(prose),
    scene: { pov: povName, cast, place: 'here', beats: [{ text: 'they meet', mentions: [povName.split(' ')[0]!] }] },
    book: { pov },
  });

describe('checkScene', () => {
  test.each(SCENES.filter(({ name }) => !name.includes('noir')))('accepts $name', (scene) =>
    expect(checkScene(inputOf(scene))).toEqual([]),
  );

  it('accepts a first-person scene, and refuses it in a third-person book', () => {
    const noir = inputOf(SCENES.find(({ pov }) => pov === 'first')!);
    expect(checkScene({ ...noir })).toEqual([]);
    const findings = checkScene({ ...noir, book: { ...noir.book, pov: 'third-limited' } });
    expect(new Set(findings.map(({ gate }) => gate))).toEqual(new Set(['pov']));
  });

  it('refuses a third-person scene in a first-person book', () => {
    const harbour = inputOf(SCENES[0]!);
    const findings = checkScene({ ...harbour, book: { ...harbour.book, pov: 'first' } });
    expect(findings.map(({ gate }) => gate)).toEqual(['pov']);
  });

  it('refuses empty prose for what it lacks', () => {
    const input = gateInput({ prose: '', lockedFacts: [{ entry: 'Ada Quill', statement: 'Ada is alive' }] });
    expect(checkScene(input).map(({ gate }) => gate)).toEqual(['beats', 'pov', 'length']);
  });

  it('reports every gate that fails, in the order of the gates', () => {
    const copied = 'The tide had turned by the time that they came down to the quay.';
    const prose = `I went to Xanadu with Marta Vex. Ada was dead. Tom was the thief.\n\n${copied}`;
    const findings = checkScene(
      gateInput({
        prose,
        targetWords: 500,
        lockedFacts: [{ entry: 'Ada Quill', statement: 'Ada Quill is alive' }],
        notKnown: [{ entry: 'Tom Harrow', statement: 'Tom Harrow is the thief' }],
        otherPassages: [copied],
      }),
    );
    expect([...new Set(findings.map(({ gate }) => gate))]).toEqual([...SCENE_GATES]);
  });

  it('accepts a scene of 5,000 words', () => {
    const sentence = (index: number): string => `Ada counted stair number ${index} of the tower and did not stop. `;
    const paragraphs = Array.from({ length: 84 }, (_, row) =>
      Array.from({ length: 5 }, (__, column) => sentence(row * 5 + column)).join(''),
    );
    const prose = `${paragraphs.join('\n\n')} The clock stood still.`;
    expect(countWords(prose)).toBeGreaterThan(5000);
    expect(checkScene(gateInput({ prose, targetWords: 5000 }))).toEqual([]);
  });

  it('shares one reading with the metrics', () => {
    const input = inputOf(SCENES[0]!);
    const reading = new ProseReading(input.prose, 'en');
    expect(checkScene(input, reading)).toEqual([]);
    expect(storyMetrics(input.prose, input, reading)).toEqual(storyMetrics(input.prose, input));
  });
});

describe('whatever the prose', () => {
  const words = fc.constantFrom(
    ...[
      'Ada',
      'I',
      'me',
      'was',
      'not',
      'dead',
      'alive',
      'in',
      'Xanadu',
      'Mr',
      'Vex',
      'the',
      'clock',
      'blue',
      'eyes',
      'had',
    ],
    ...[
      '“',
      '”',
      '"',
      "'",
      '’s',
      '—',
      '.',
      '?',
      '\n\n',
      '\n',
      '*',
      '# ',
      '> ',
      '…',
      ',',
      'forty',
      '«',
      '»',
      '時計',
      '🕰️',
    ],
  );
  const story = fc
    .array(fc.tuple(words, fc.constantFrom(' ', '', ' ')), { maxLength: 120 })
    .map((pieces) => pieces.flat().join(''));
  const prose = fc.oneof(story, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
  const input = fc
    .record({
      prose,
      statement: fc.oneof(
        fc.constantFrom('Ada is alive', 'Ada has brown eyes', 'Ada is 42', 'The clock has (ten'),
        prose,
      ),
      name: fc.oneof(fc.constantFrom('Ada Quill', 'the clock', '(?'), prose),
      mention: prose,
      pov: fc.constantFrom('first' as const, 'third-limited' as const, 'third-omniscient' as const),
      language: fc.constantFrom('en', 'en-GB', 'de', 'fr', 'ja', 'x', ''),
      targetWords: fc.integer({ min: 1, max: 200 }),
      tail: prose,
    })
    .map(({ statement, name, mention, pov, language, tail, ...rest }) =>
      gateInput({
        ...rest,
        knownNames: [name],
        lockedFacts: [{ entry: name, statement, forbids: [mention] }],
        notKnown: [{ entry: name, statement }],
        otherPassages: [tail],
        scene: { pov: name, cast: [name, 'Ada Quill'], beats: [{ text: statement, mentions: [mention] }] },
        book: { pov, language },
      }),
    );

  it('finds without throwing, the same each time, and quotes the prose to the letter', () => {
    fc.assert(
      fc.property(input, (scene) => {
        const findings = checkScene(scene);
        expect(checkScene(scene)).toEqual(findings);
        for (const finding of findings) {
          expect(gateFindingSchema.parse(finding)).toEqual(finding);
          if (finding.quote !== null) {
            expect(finding.quote.trim()).not.toBe('');
            expect(scene.prose.includes(finding.quote)).toBe(true);
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('measures without throwing, within bounds', () => {
    fc.assert(
      fc.property(input, (scene) => {
        const metrics = storyMetrics(scene.prose, scene);
        for (const value of Object.values(metrics))
          if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        expect(metrics.dialogueShare).toBeGreaterThanOrEqual(0);
        expect(metrics.dialogueShare).toBeLessThanOrEqual(1);
        expect(metrics.typeTokenRatio).toBeLessThanOrEqual(1);
        expect(metrics.beatsCovered).toBeLessThanOrEqual(metrics.beats);
      }),
      { numRuns: 500 },
    );
  });
});
