import { provenContradictions } from './proven-contradictions';

const material = {
  draft: {
    name: 'The Lamp Night',
    aliases: [],
    summary: 'Forty lamps were lit on the quay.',
    facts: [{ statement: 'The quay burned until dawn.', from: '0.0', until: null }],
    relations: [],
  },
  locked: [{ entry: 'No Lamps', statement: 'Nobody lights a lamp on the quay.' }],
  neighbours: [],
};
const claim = (fact: string, quote: string) => ({ entry: 'No Lamps', fact, quote, problem: 'both cannot hold' });
const proven = (fact: string, quote: string): boolean =>
  provenContradictions({ verdict: 'contradicts', contradictions: [claim(fact, quote)] }, material).length === 1;

describe('provenContradictions', () => {
  it('accepts a contradiction that quotes both sides, whatever the capitals and quotation marks', () => {
    expect(proven('nobody lights a lamp on the quay', '“forty lamps were lit”')).toBe(true);
    expect(proven('Nobody lights a lamp on the quay.', 'The quay burned until dawn.')).toBe(true);
  });

  it('ignores one that quotes what nobody wrote, or nothing', () => {
    expect(proven('Nobody may own a lamp.', 'Forty lamps were lit')).toBe(false);
    expect(proven('Nobody lights a lamp on the quay.', 'Fifty lamps')).toBe(false);
    expect(proven('Nobody lights a lamp on the quay.', '…')).toBe(false);
    expect(proven('…', 'Forty lamps were lit')).toBe(false);
  });
});
