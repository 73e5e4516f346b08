/** A bare item of RFC 8941: a token is kept apart from a string, a byte sequence is a Buffer. */
export type BareItem = string | number | boolean | Buffer | { token: string }
export type Parameters = Map<string, BareItem>
export type Item = { value: BareItem; parameters: Parameters }
export type InnerList = { items: Item[]; parameters: Parameters }
export type Dictionary = Map<string, Item | InnerList>

const patterns = {
  spaces: / */y,
  blanks: /[ \t]*/y,
  key: /[a-z*][a-z0-9_.*-]*/y,
  string: /"((?:[ !#-[\]-~]|\\["\\])*)"/y,
  integer: /-?\d{1,15}(?![\d.])/y,
  boolean: /\?([01])/y,
  bytes: /:([A-Za-z0-9+/]*={0,2}):/y,
  token: /[A-Za-z*][!#$%&'*+.^_`|~\w:/-]*/y,
} satisfies Record<string, RegExp>

class Cursor {
  readonly text: string
  at = 0
  constructor(text: string) {
    this.text = text
  }

  take(name: keyof typeof patterns): RegExpExecArray | null {
    const pattern = patterns[name]
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found) this.at = pattern.lastIndex
    return found
  }

  skip(character: string): boolean {
    if (this.text[this.at] !== character) return false
    this.at++
    return true
  }

  need<T>(found: T | null | undefined | false): T {
    if (found === null || found === undefined || found === false)
      throw new SyntaxError(`unreadable at ${this.at}`)
    return found
  }
}

/**
 * A dictionary field of RFC 8941, as far as signatures and digests need it: no decimals. Stricter in one thing: a
 * key that comes twice is an error, where the RFC lets the last one win. Throws SyntaxError.
 */
export function parseDictionary(text: string): Dictionary {
  const cursor = new Cursor(text)
  const dictionary: Dictionary = new Map()
  cursor.take('spaces')
  while (cursor.at < text.length) {
    const key = cursor.need(cursor.take('key'))[0]
    if (dictionary.has(key)) throw new SyntaxError(`${key} comes twice`)
    dictionary.set(key, member(cursor))
    cursor.take('blanks')
    if (cursor.at === text.length) break
    cursor.need(cursor.skip(','))
    cursor.take('blanks')
    cursor.need(cursor.at < text.length)
  }
  return dictionary
}

function member(cursor: Cursor): Item | InnerList {
  if (!cursor.skip('=')) return { value: true, parameters: parameters(cursor) }
  if (!cursor.skip('(')) return item(cursor)
  const items: Item[] = []
  for (;;) {
    cursor.take('spaces')
    if (cursor.skip(')')) return { items, parameters: parameters(cursor) }
    items.push(item(cursor))
    cursor.need(cursor.text[cursor.at] === ' ' || cursor.text[cursor.at] === ')')
  }
}

function item(cursor: Cursor): Item {
  return { value: bare(cursor), parameters: parameters(cursor) }
}

function parameters(cursor: Cursor): Parameters {
  const found: Parameters = new Map()
  while (cursor.skip(';')) {
    cursor.take('spaces')
    const key = cursor.need(cursor.take('key'))[0]
    if (found.has(key)) throw new SyntaxError(`${key} comes twice`)
    found.set(key, cursor.skip('=') ? bare(cursor) : true)
  }
  return found
}

function bare(cursor: Cursor): BareItem {
  const text = cursor.take('string')
  if (text) return text[1]!.replace(/\\(["\\])/g, '$1')
  const bytes = cursor.take('bytes')
  if (bytes) return Buffer.from(bytes[1]!, 'base64')
  const flag = cursor.take('boolean')
  if (flag) return flag[1] === '1'
  const number = cursor.take('integer')
  if (number) return Number(number[0])
  return { token: cursor.need(cursor.take('token'))[0] }
}

/** An inner list in the one way RFC 8941 writes it. */
export function serializeInnerList(list: InnerList): string {
  const items = list.items.map((each) => serializeBare(each.value) + serializeParameters(each.parameters))
  return `(${items.join(' ')})${serializeParameters(list.parameters)}`
}

function serializeParameters(found: Parameters): string {
  return [...found]
    .map(([key, value]) => (value === true ? `;${key}` : `;${key}=${serializeBare(value)}`))
    .join('')
}

function serializeBare(value: BareItem): string {
  if (typeof value === 'string') return `"${value.replace(/["\\]/g, '\\$&')}"`
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? '?1' : '?0'
  return Buffer.isBuffer(value) ? `:${value.toString('base64')}:` : value.token
}
