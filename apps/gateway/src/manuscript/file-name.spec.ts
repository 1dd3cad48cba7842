import { attachment, slug } from './file-name';

it.each([
  ['The Salt Clock', 'the-salt-clock'],
  ['Der Brunnen & the Möbius café: a/b', 'der-brunnen-the-mobius-cafe-a-b'],
  ['Der Brunnen & the Mo\u0308bius cafe\u0301', 'der-brunnen-the-mobius-cafe'],
  ['The Lamplighter’s Ledger', 'the-lamplighters-ledger'],
  ["O'Malley's Last Wager", 'omalleys-last-wager'],
  ['塩の時計', 'book'],
])('%s is saved as %s by who knows plain letters only', (title, plain) => {
  expect(attachment(title, 'md')).toContain(`filename="${plain}.md"`);
});

it('is saved under its whole title by everybody else', () => {
  expect(attachment('Möbius', 'md')).toContain("filename*=UTF-8''M%C3%B6bius.md");
});

it('is cut between two characters where its title is long', () => {
  expect(attachment(`a${'🧂'.repeat(60)}`, 'md')).toContain(`''a${encodeURIComponent('🧂'.repeat(49))}.md`);
});

it.each([
  ['The Salt Clock', 'the-salt-clock'],
  ["  Ada's  Rules: Part II! ", 'adas-rules-part-ii'],
  ['../../etc/passwd', 'etc-passwd'],
  ['塩の時計', '塩の時計'],
  ['Nights ✍\uFE0F and Days', 'nights-and-days'],
  ['…', ''],
])('names the file of %p %p', (title, name) => {
  expect(slug(title)).toBe(name);
});

it('keeps a file name within what a disk takes', () => {
  expect(Buffer.byteLength(`${slug('𝔸塩 '.repeat(200))}.json.bak`)).toBeLessThan(255);
});
