/** Lower-cased, without articles, marks and spaces that do not tell names apart. */
export function normaliseName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}]+/gu, ' ')
    .trim()
    .replace(/^(the|a|an)\s+/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Needs that mean the same have the same: what is of one domain and has one name. */
export function meaningOf(need: { domain: string; name: string }): string {
  return `${need.domain}\n${normaliseName(need.name)}`;
}
