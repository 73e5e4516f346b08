import { Invalid } from '#platform/errors'

/** One part of what somebody typed. A `phrase` was in quotes. */
export type Part =
  | { kind: 'words' | 'phrase'; text: string; isNot: boolean }
  | { kind: 'property'; name: string; isNot: boolean }
  | { kind: 'from'; handle: string; isNot: boolean }
  | { kind: 'hashtag'; name: string; isNot: boolean }
  | { kind: 'before' | 'after' | 'during'; day: Date }
  | { kind: 'in'; scope: 'library' | 'public' | 'all' }

const PARTS = 50
const token = /([-+]?)(?:"([^"]*)"|([a-z]+):("[^"]*"|\S+)|(\S+))/giu
const operators = new Set(['has', 'is', 'language', 'from', 'before', 'after', 'during', 'in'])

/**
 * Takes a query apart into words, phrases, what is not wanted and operators (SRCH-05); what looks like an operator and is
 * none is a word. Throws Invalid for a day or a place that cannot be.
 */
export function parseQuery(query: string): Part[] {
  const found = [...query.matchAll(token)].slice(0, PARTS)
  return found.map(([typed, sign = '', phrase, operator, value, word]) => {
    const isNot = sign === '-'
    if (phrase !== undefined) return { kind: 'phrase', text: phrase, isNot }
    const name = operator?.toLowerCase()
    if (name && operators.has(name)) return operate(name, (value ?? '').replaceAll('"', ''), isNot)
    const text = word ?? typed.slice(sign.length)
    return /^[#＃]./u.test(text)
      ? { kind: 'hashtag', name: text.slice(1), isNot }
      : { kind: 'words', text, isNot }
  })
}

function operate(name: string, value: string, isNot: boolean): Part {
  if (name === 'from') return { kind: 'from', handle: value, isNot }
  if (name === 'before' || name === 'after' || name === 'during') return { kind: name, day: dayOf(value) }
  if (name === 'in') return { kind: 'in', scope: scopeOf(value) }
  return { kind: 'property', name: `${name}:${value.toLowerCase()}`, isNot }
}

function dayOf(text: string): Date {
  const day = new Date(`${text}T00:00:00.000Z`)
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.getTime() >= 0
  if (!isDay) throw new Invalid(`Validation failed: ${text} is no day like 2026-01-31`)
  return day
}

function scopeOf(text: string): 'library' | 'public' | 'all' {
  if (text !== 'library' && text !== 'public' && text !== 'all')
    throw new Invalid('Validation failed: in: is followed by library, public or all')
  return text
}
