import { longestHtml } from '#core/text/allowed-html'
import { cutText } from '#core/text/cut-text'
import { reshapeHtml } from '#core/text/reshape-html'
import { walkHtml, type HtmlWalk } from '#platform/html'

/**
 * HTML as plain text for feeds, mail, push messages and page descriptions: paragraphs apart by a blank line, `br` as a
 * line end, list items behind a dash, entities decoded, scripts and styles gone. It reads raw HTML from anywhere within
 * the bounds of `sanitizeHtml`. What it gives is text: whoever puts it into HTML escapes it.
 */
export function htmlToText(html: string): string {
  const page = new PlainPage()
  walkHtml(reshapeHtml(cutText(html, longestHtml)).html, page)
  return page.toString()
}

const paragraphs = new Set(['p', 'pre', 'blockquote', 'ul', 'ol'])
const lists = new Set(['ul', 'ol'])

class PlainPage implements HtmlWalk {
  #parts: string[] = []
  #breaks = 0
  #mark = ''
  #isSpaced = true
  #lists = 0
  #pres = 0

  open(name: string): void {
    this.#part(name)
    if (name === 'br') this.#breaks = Math.min(this.#breaks + 1, 2)
    if (name === 'li') this.#mark = '- '
    if (name === 'pre') this.#pres += 1
    if (lists.has(name)) this.#lists += 1
  }

  text(text: string): void {
    const words = this.#pres > 0 ? text : text.replace(/[ \t\n\f\r]+/g, ' ')
    const isAtStart = this.#breaks > 0 || this.#isSpaced
    const said = this.#pres === 0 && isAtStart && words.startsWith(' ') ? words.slice(1) : words
    if (said === '') return
    if (this.#parts.length > 0) this.#parts.push('\n'.repeat(this.#breaks))
    this.#parts.push(this.#mark, said)
    this.#breaks = 0
    this.#mark = ''
    this.#isSpaced = said.endsWith(' ')
  }

  close(name: string): void {
    if (lists.has(name)) this.#lists -= 1
    if (name === 'pre') this.#pres -= 1
    this.#part(name)
  }

  toString(): string {
    const lines = this.#parts.join('').split('\n')
    return lines
      .map((line) => line.trimEnd())
      .join('\n')
      .trim()
  }

  /** Lists inside lists stay together. */
  #part(name: string): void {
    const isInside = this.#lists > 0 && lists.has(name)
    if (paragraphs.has(name)) this.#breaks = Math.max(this.#breaks, isInside ? 1 : 2)
    if (name === 'li') this.#breaks = Math.max(this.#breaks, 1)
  }
}
