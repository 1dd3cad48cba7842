import { briefDigest } from './brief-digest';
import { briefSchema } from './brief.schema';
import { createPlan } from '../messages';

const BRIEF = {
  title: '  The Salt Clock ',
  author: 'M. Okafor',
  genre: ['mystery'],
  chapters: 3,
  cast: [{ name: 'Ada Quill', role: 'protagonist', baseline: 'dry, exact' }],
  bindings: { default: { provider: 'rehearsal', model: 'novelist' } },
  lore: { policy: 'manual', slaSeconds: 60 },
  budget: { usd: 5 },
  text: 'A clock of salt.',
};

it('is the same where a brief is read and where its plan is made, in whatever order its fields come', () => {
  const read = briefSchema.parse(BRIEF);
  const request = { brief: read, idempotencyKey: null, actor: 'writer' };
  const sent = createPlan.request.parse(JSON.parse(JSON.stringify(request)));
  expect(briefDigest(sent.brief)).toBe(briefDigest(read));
  const { title, ...rest } = BRIEF;
  expect(briefDigest(briefSchema.parse({ ...rest, title }))).toBe(briefDigest(read));
  expect(briefDigest(briefSchema.parse({ ...BRIEF, chapters: 4 }))).not.toBe(briefDigest(read));
});
