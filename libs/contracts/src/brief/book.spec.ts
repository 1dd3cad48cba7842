import { bookMaterial, PREMISE_EXCERPT_CHARACTERS } from './book';
import { settleBrief } from './brief.schema';

const materialOf = (text: string, characters?: number): string =>
  bookMaterial(settleBrief({ title: 'T', author: 'A', text }, { provider: 'p', model: 'm' }), characters).premise;

describe('the premise that prompts carry', () => {
  it('is whole when it is short, or when all of it is asked for', () => {
    expect(materialOf('One. Two.')).toBe('One. Two.');
    expect(materialOf('Word. '.repeat(1000).trim(), Infinity)).toHaveLength(5999);
  });

  it('ends with a sentence when it is long', () => {
    const premise = materialOf('The clock stopped. '.repeat(500));
    expect(premise.length).toBeLessThanOrEqual(PREMISE_EXCERPT_CHARACTERS);
    expect(premise).toMatch(/stopped\.$/);
  });

  it('ends with a word where there are no sentences, and with a character where there are no words', () => {
    expect(materialOf('word '.repeat(1000))).toMatch(/word …$/);
    expect(materialOf('塩'.repeat(5000))).toMatch(/^塩+ …$/);
    expect(materialOf('𝕬'.repeat(5000))).toMatch(/^(?:𝕬)+ …$/u);
  });
});
