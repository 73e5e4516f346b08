/** A piece of markup that may be inserted as it is. Only `html` and `raw` make one. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  toString(): string {
    return this.text
  }
}

/** What may stand in a hole of an `html` template. Nothing, false and empty lists leave no trace. */
export type Hole = Html | string | number | bigint | boolean | null | undefined | readonly Hole[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Gives `text` with the five characters replaced that mean something in elements or quoted attributes. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char]!)

function fill(hole: Hole): string {
  if (hole instanceof Html) return hole.text
  if (Array.isArray(hole)) return hole.map(fill).join('')
  if (hole === null || hole === undefined || typeof hole === 'boolean') return ''
  return escapeHtml(String(hole))
}

/**
 * Writes markup. Every hole is escaped unless it is markup itself, so that forgetting something can only show
 * too much punctuation. Holes belong between tags or inside double-quoted attributes.
 */
export function html(parts: TemplateStringsArray, ...holes: Hole[]): Html {
  return new Html(parts.reduce((text, part, index) => text + fill(holes[index - 1]) + part))
}

/** Marks `text` as markup. For contents that the sanitiser has passed and for drawings in this folder, nothing else. */
export const raw = (text: string): Html => new Html(text)

type Flag = 'autofocus' | 'checked' | 'controls' | 'loop' | 'open' | 'required'

/** Gives a boolean attribute with its leading space, or nothing. */
export const flag = (name: Flag, on: boolean | undefined): Html => raw(on ? ` ${name}` : '')

/** Gives `url` when it is one of the site's own paths or an http(s) address, else `#`: a link never runs script. */
export function safeUrl(url: string): string {
  if (/^\/(?![/\\])/.test(url) || /^[#?]/.test(url)) return url
  const parsed = URL.parse(url)
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : '#'
}
