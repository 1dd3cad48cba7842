export const GENRE_KEYS = ['mystery', 'fantasy', 'science-fiction', 'romance', 'literary', 'horror'] as const;
/** The genres the model has banks for. */
export type GenreKey = (typeof GENRE_KEYS)[number];

const SIGNS: readonly [RegExp, GenreKey][] = [
  [/horror|gothic|ghost|weird|uncanny/i, 'horror'],
  [/sci(ence)?[\s-]?fi|science fiction|space|cyber|dystop|\bsf\b|climate/i, 'science-fiction'],
  [/fantas|magic|fairy|myth|fable/i, 'fantasy'],
  [/myster|crime|detective|thriller|noir|suspense|spy/i, 'mystery'],
  [/roman(ce|tic)|love/i, 'romance'],
  [/litera/i, 'literary'],
];

/** The bank for a book: of the first genre named that has one, `literary` for all others. */
export function genreKey(genres: readonly string[]): GenreKey {
  for (const genre of genres) {
    const sign = SIGNS.find(([pattern]) => pattern.test(genre));
    if (sign !== undefined) return sign[1];
  }
  return 'literary';
}
