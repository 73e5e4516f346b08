import { type FieldProblem, Invalid } from '#platform/errors'

const words = {
  ERR_ACCEPTED: 'must be accepted',
  ERR_BELOW_LIMIT: 'is below the age limit',
  ERR_BLANK: "can't be blank",
  ERR_INCLUSION: 'is not one of the choices',
  ERR_INVALID: 'is invalid',
  ERR_RESERVED: 'is reserved',
  ERR_TAKEN: 'has already been taken',
  ERR_TOO_LONG: 'is too long',
  ERR_TOO_SHORT: 'is too short',
  ERR_TOO_COMMON: 'is too easy to guess',
} as const

export type ProblemCode = keyof typeof words
/** A field by the name the API has for it, and what is wrong with it. */
export type Problem = readonly [field: string, code: ProblemCode]

const title = (field: string): string => field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ')

/** Throws Invalid with the problems of each field (ERR-14); does nothing when there are none. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const sentences = problems.map(([field, code]) => `${title(field)} ${words[code]}`)
  const details: Record<string, FieldProblem[]> = {}
  for (const [field, error] of problems) (details[field] ??= []).push({ error, description: words[error] })
  throw new Invalid(`Validation failed: ${sentences.join(', ')}`, details)
}
