const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/**
 * The language of a post: the first of these tags that is an ISO 639-1 or 639-3 code, with a region or script or without
 * (POST-10); English when none is.
 */
export const pickLanguage = (...tags: (string | null | undefined)[]): string =>
  tags.find((tag): tag is string => Boolean(tag) && isLanguage(tag ?? '')) ?? 'en'

const isLanguage = (tag: string): boolean => {
  if (!/^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/i.test(tag)) return false
  return names.of(tag.split(/[-_]/)[0] ?? '') !== undefined
}
