import { slug } from './manuscript-files';

it.each([
  ['The Salt Clock', 'the-salt-clock'],
  ["  Ada's  Rules: Part II! ", 'adas-rules-part-ii'],
  ['../../etc/passwd', 'etc-passwd'],
  ['塩の時計', '塩の時計'],
  ['…', ''],
])('names the file of %p %p', (title, name) => {
  expect(slug(title)).toBe(name);
});

it('keeps a file name within what a disk takes', () => {
  expect(Buffer.byteLength(`${slug('𝔸塩 '.repeat(200))}.json.bak`)).toBeLessThan(255);
});
