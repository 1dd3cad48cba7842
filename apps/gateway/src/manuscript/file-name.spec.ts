import { attachment } from './file-name';

it.each([
  ['The Salt Clock', 'the-salt-clock'],
  ['Der Brunnen & the Möbius café: a/b', 'der-brunnen-the-mobius-cafe-a-b'],
  ['Der Brunnen & the Mo\u0308bius cafe\u0301', 'der-brunnen-the-mobius-cafe'],
  ['塩の時計', 'book'],
])('%s is saved as %s by who knows plain letters only', (title, plain) => {
  expect(attachment(title, 'md')).toContain(`filename="${plain}.md"`);
});

it('is saved under its whole title by everybody else', () => {
  expect(attachment('Möbius', 'md')).toContain("filename*=UTF-8''M%C3%B6bius.md");
});
