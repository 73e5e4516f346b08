import { load } from 'cheerio'

const elements = new Set(
  'p br span a del s pre blockquote code b strong u i em ul ol li ruby rt rp'.split(' '),
)
const attributes = new Set('href rel target class lang translate start reversed value'.split(' '))
const classes = /^(?:mention|hashtag|ellipsis|invisible|quote-inline|(?:h|p|u|dt|e)-\S*)$/
const protocols = new Set(['http:', 'https:', 'mailto:', 'xmpp:', 'gemini:', 'magnet:'])

/**
 * What in this HTML, read as browsers read it (another parser than the sanitiser's), is more than HTML-11 allows: an
 * empty list for HTML that can do nothing. Written from the rule, not from the product's own lists.
 */
export function dangersIn(html: string): string[] {
  const $ = load(html, null, false)
  const dangers: string[] = html.includes('<!') || html.includes('<?') ? ['a comment or declaration'] : []
  for (const node of $('*').toArray()) {
    if ('attribs' in node) dangers.push(...dangersOf(node.name, node.attribs))
  }
  return dangers
}

function dangersOf(element: string, values: Record<string, string>): string[] {
  const found = elements.has(element) ? [] : [`<${element}>`]
  for (const [name, value] of Object.entries(values)) {
    const names = name === 'class' ? value.split(' ').filter(Boolean) : []
    if (!attributes.has(name)) found.push(`${element}[${name}]`)
    if (name === 'href' && !protocols.has(URL.parse(value)?.protocol ?? '')) found.push(`a link to ${value}`)
    if (!names.every((one) => classes.test(one))) found.push(`the class ${value}`)
  }
  const isTame = values.rel === 'nofollow noopener noreferrer' && values.target === '_blank'
  if (element === 'a' && !isTame) found.push('a link without its rel and target')
  return found
}
