import { counted } from './counted';

it('says one of a thing as one', () => {
  expect([counted(0, 'risk'), counted(1, 'risk'), counted(2, 'risk')]).toEqual(['0 risks', '1 risk', '2 risks']);
  expect([counted(1, 'entry', 'entries'), counted(3, 'entry', 'entries')]).toEqual(['1 entry', '3 entries']);
});
