import { writeFileSync } from 'node:fs';
import { knownText, calibrate } from '@fiction/stylometry';
import { readAuthors } from '../../test/authors/read-authors';
import { crossValidate } from './cross-validation';
import { referenceSource } from './reference-source';
const t = readAuthors(process.cwd()).map(({ author, text }) => knownText(author, text));
console.time('cal');const r = calibrate(t, 'english-1');console.timeEnd('cal');
writeFileSync('libs/stylometry/src/reference/english.reference.ts', referenceSource(r));
for (const size of [5]) {
console.time('cv');const j = crossValidate(t, size);console.timeEnd('cv');
const share = (x: boolean[]) => x.filter(Boolean).length / x.length;
const T=(th:number)=>[share(j.filter((q) => q.author === q.baselineOf).map((q) => q.score < th)), share(j.filter((q) => q.author !== q.baselineOf).map((q) => q.score > th))].map(x=>x.toFixed(3)).join('/');
console.log(size, j.length, [.4,.45,.5,.55,.6].map(T));
}
