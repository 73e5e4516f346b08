const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const rules = new Intl.PluralRules('en')

/** Gives a count as people read it: 987, 1.2K, 3M. */
export const compact = (count: number): string => short.format(count)

/** Gives a count with the form of the word that goes with it: 1 post, 2 posts. */
export const plural = (count: number, one: string, many: string): string =>
  `${compact(count)} ${rules.select(count) === 'one' ? one : many}`
