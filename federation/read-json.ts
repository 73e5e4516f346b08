import { Invalid } from '#platform/errors'
import { isJson, type Json } from './properties.ts'

const deepest = 64
const mostNodes = 50_000

/**
 * The JSON object in a body from outside: at most 64 levels and 50 000 values (federation rule 36), UTF-8, the last
 * of two equal names counting (rule 37). Characters that PostgreSQL cannot store (NUL, lone surrogates) are replaced
 * in values; a name with one of them makes the body unreadable. Throws Invalid.
 */
export function readJson(body: Buffer): Json {
  const text = decode(body)
  checkShape(text)
  const value = parse(text)
  if (!isJson(value)) throw new Invalid('The body is no JSON object')
  cleanTree(value)
  return value
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch (error) {
    if (error instanceof TypeError) throw new Invalid('The body is not UTF-8')
    throw error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new Invalid('The body is not JSON')
    throw error
  }
}

// Before parsing, so that a body made of brackets or commas costs no objects.
function checkShape(text: string): void {
  let depth = 0
  let [brackets, commas] = [0, 0]
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isInText) {
      if (code === 0x5c) at++
      else if (code === 0x22) isInText = false
    } else if (code === 0x22) isInText = true
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) throw new Invalid(`The body is nested deeper than ${deepest} levels`)
      if (++brackets > mostNodes) throw tooMany()
    } else if (code === 0x7d || code === 0x5d) depth--
    else if (code === 0x2c && ++commas >= mostNodes) throw tooMany()
  }
}

function cleanTree(root: object): void {
  const waiting: object[] = [root]
  let nodes = 1
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const [name, value] of Object.entries(node)) {
      if (++nodes > mostNodes) throw tooMany()
      if (clean(name) !== name) throw new Invalid('The body has a name that cannot be stored')
      if (typeof value === 'number' && !Number.isFinite(value))
        throw new Invalid('The body has a number that is none')
      if (typeof value === 'object' && value !== null) waiting.push(value)
      else if (typeof value === 'string') replace(node, name, value)
    }
  }
}

function replace(node: object, name: string, value: string): void {
  const cleaned = clean(value)
  if (cleaned === value) return
  Object.defineProperty(node, name, { value: cleaned, writable: true, enumerable: true, configurable: true })
}

const tooMany = () => new Invalid(`The body has more than ${mostNodes} values`)
const clean = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD')
