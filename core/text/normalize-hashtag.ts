const invalid = /[^\p{L}\p{M}\p{Nd}_\u00b7\u30fb\u200c]|[\ufe00-\ufe0f]/gu
const valid = /^[\p{L}\p{Nd}_](?:.*[\p{L}\p{M}\p{Nd}_])?$/u
const longest = 200

/** Latin letters that Unicode does not take apart into a letter and an accent. */
const plainLetters: Record<string, string> = {
  ð: 'd',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  ĸ: 'k',
  ł: 'l',
  ŋ: 'n',
  ø: 'o',
  ŧ: 't',
}

/** Accents of Latin letters only: in other scripts the marks are vowels and consonants. */
const foldAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .replace(/[ðđħıĸłŋøŧ]/g, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFC')

/**
 * The name under which a hashtag is kept and compared (HTML-12): `#Größe` and `ＧＲÖßE` give `große`. Takes the tag
 * with or without its sign, drops what no hashtag may hold, and gives null when that leaves no hashtag: nothing,
 * digits alone, or more than 200 characters.
 */
export function normalizeHashtag(hashtag: string): string | null {
  if (hashtag.length > longest * 4) return null
  const name = foldAccents(hashtag.normalize('NFKC').toLowerCase()).replace(invalid, '')
  if (name.length > longest || !valid.test(name)) return null
  return /[^\p{Nd}\p{M}]/u.test(name) && /[\p{L}\p{Nd}]/u.test(name) ? name : null
}
