import { allowedHtml } from '#core/text/allowed-html'
import { checkHref } from '#core/text/check-href'
import { cleanText } from '#core/text/clean-text'
import { readMath, type MathReader } from '#core/text/read-math'
import { escapeHtml, walkHtml, type HtmlWalk } from '#platform/html'

type Attributes = Record<string, string>
/** What an element becomes: its markup, and whether it stands apart from the text around it. */
type Shape = { start: string; end: string; isBlock: boolean; isHeading: boolean }

/** Their content is no text for people, or not theirs to show. */
const dropped = new Set(
  'script style template title textarea option xmp iframe noembed noframes noscript svg'.split(' '),
)
const keptBlocks = new Set(['p', 'br', 'pre', 'blockquote', 'ul', 'ol', 'li'])
const lostBlocks = new Set(
  (
    'address article aside body button caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form header hgroup hr legend main menu nav section select summary table tbody td tfoot th thead tr'
  ).split(' '),
)
const heading = /^h[1-6]$/

/**
 * Rewrites HTML of any quality into the elements that may stay (HTML-11): headings become strong paragraphs, formulas
 * their text; unknown elements and links without an allowed target leave their content, kept apart where they were
 * blocks. The output is balanced and escaped, yet `keepAllowed` has the last word. `isWhole` is false when the nesting
 * was so deep that the rest is missing.
 */
export function reshapeHtml(html: string): { html: string; isWhole: boolean } {
  const page = new Page()
  const isWhole = walkHtml(cleanText(html), page)
  return { html: page.toString(), isWhole }
}

class Page implements HtmlWalk {
  #out: string[] = []
  #shapes: Shape[] = []
  #dropped = 0
  #headings = 0
  #math: MathReader | null = null
  #isInWord = false
  #needsGap = false

  open(name: string, attributes: Attributes): void {
    if (this.#dropped > 0 || dropped.has(name)) {
      this.#dropped += 1
    } else if (this.#math) {
      this.#math.open(name, attributes)
    } else if (name === 'math') {
      this.#math = readMath(attributes)
    } else {
      const shape = shapeOf(name, attributes, this.#headings > 0)
      this.#shapes.push(shape)
      if (shape.isHeading) this.#headings += 1
      this.#write(shape, shape.start)
    }
  }

  text(text: string): void {
    if (this.#dropped > 0) return
    if (this.#math) this.#math.text(text)
    else this.#say(cleanText(text))
  }

  close(): void {
    if (this.#dropped > 0) {
      this.#dropped -= 1
    } else if (this.#math) {
      if (this.#math.close()) this.#endMath(this.#math)
    } else {
      const shape = this.#shapes.pop()
      if (!shape) return
      if (shape.isHeading) this.#headings -= 1
      this.#write(shape, shape.end)
    }
  }

  toString(): string {
    return this.#out.join('')
  }

  #endMath(math: MathReader): void {
    this.#math = null
    this.#say(cleanText(math.read()))
  }

  #say(text: string): void {
    if (text === '') return
    if (this.#needsGap && this.#isInWord && !/^\s/.test(text)) this.#out.push(' ')
    this.#out.push(escapeHtml(text))
    this.#needsGap = false
    this.#isInWord = !/\s$/.test(text)
  }

  #write(shape: Shape, markup: string): void {
    this.#out.push(markup)
    if (!shape.isBlock) return
    if (shape.start === '') this.#needsGap = true
    else this.#isInWord = false
  }
}

function shapeOf(name: string, attributes: Attributes, isInHeading: boolean): Shape {
  const isHeading = heading.test(name)
  const isBlock = isHeading || keptBlocks.has(name) || lostBlocks.has(name)
  if (isHeading && !isInHeading) return { start: '<p><strong>', end: '</strong></p>', isBlock, isHeading }
  const isKept = name === 'br' || (allowedHtml.elements.includes(name) && !(isInHeading && isBlock))
  const start = isKept ? tagOf(name, attributes) : ''
  return { start, end: start === '' || name === 'br' ? '' : `</${name}>`, isBlock, isHeading: false }
}

/** The opening tag with the attributes that may stay, or nothing for a link that leads nowhere. */
function tagOf(name: string, attributes: Attributes): string {
  if (name === 'br') return '<br />'
  const href = name === 'a' ? checkHref(attributes.href ?? '') : undefined
  if (href === null) return ''
  const written = namesFor(name).map((key) => {
    const value = key === 'href' ? href : attributes[key]
    const isKept = value !== undefined && (key !== 'translate' || value === 'no')
    return isKept ? ` ${key}="${escapeHtml(cleanText(value))}"` : ''
  })
  return `<${name}${written.join('')}>`
}

/** What every link gets is not taken from its author. */
const namesFor = (name: string): string[] =>
  [...(allowedHtml.attributes[name] ?? []), ...(allowedHtml.attributes['*'] ?? [])].filter(
    (key) => !Object.hasOwn(allowedHtml.links, key),
  )
