import { Invalid } from '#platform/errors'

/** A code without its colons. Throws Invalid for what texts could not use. */
export function shortcodeOf(text: string): string {
  const code = text.replaceAll(':', '')
  if (!/^[A-Za-z0-9_]{2,128}$/.test(code))
    throw new Invalid('A shortcode has two or more letters of a to z, digits and underscores.')
  return code
}

/** The heading it stands under in pickers; null for none. Throws Invalid for one that is too long. */
export function categoryOf(text: string | undefined): string | null {
  const name = text?.trim() ?? ''
  if ([...name].length > 100) throw new Invalid('A category has at most 100 characters.')
  return name || null
}
